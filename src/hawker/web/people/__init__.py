"""Signing in, the business, its people, keys and log."""
