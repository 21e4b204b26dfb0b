"""The top floor: settings, addresses, and the programs that put the rooms together."""
