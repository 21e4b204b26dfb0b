"""Hawker against real servers of open networks, read back with their official clients."""
