"""Journeys across the rooms: from what a person asks for to what stands at the network."""
