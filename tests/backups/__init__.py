"""Backups: made while posts go out, brought back elsewhere, and nothing doubled at the networks."""
