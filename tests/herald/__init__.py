"""A pretend network that no folder has: it delivers messages to people, and tells by itself what became of
them. What Hawker does for such networks is tried with it."""
