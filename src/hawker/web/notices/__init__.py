"""What needs a person, and what she wants to be told of."""
