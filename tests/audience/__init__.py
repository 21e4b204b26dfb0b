"""People whom a post goes to: webhooks, contacts and messages, with the herald for a network."""
