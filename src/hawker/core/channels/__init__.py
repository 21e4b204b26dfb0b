"""Accounts at networks: connecting them, keeping their secrets fresh, letting them go."""
