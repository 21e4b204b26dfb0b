"""`make bench-publish`: how fast Hawker publishes, beside a bare loop that makes the same calls."""
