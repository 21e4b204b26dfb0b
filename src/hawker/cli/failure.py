"""What ends a command with code 1."""


class Failed(Exception):
    """Its text is what the person at the terminal reads."""
