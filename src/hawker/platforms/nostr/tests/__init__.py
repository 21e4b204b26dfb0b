"""What only this network has: keys, relays that disagree, and the official client against the sandbox."""
