"""`make drill`: kills a running Hawker at random instants, and counts at the networks what came of it."""
