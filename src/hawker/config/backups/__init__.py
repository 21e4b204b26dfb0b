"""Backups: what is in one, how it is made, how it comes back."""
