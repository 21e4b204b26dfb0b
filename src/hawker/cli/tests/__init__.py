"""The command line by itself; with a server behind it, see tests/journeys."""
