"""The ledger: one delivery a post and channel, what has happened to it, and what happens next."""
