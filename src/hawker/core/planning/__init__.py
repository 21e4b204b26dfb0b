"""When posts go out: weekly slots, and posts that come back by a rule."""
