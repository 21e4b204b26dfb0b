"""Hawker: a small business's whole presence on social networks, self-hosted."""

__version__ = "0.1.0"
