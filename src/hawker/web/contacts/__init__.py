"""People whom the business writes to, what they agreed to, and lists of them."""
