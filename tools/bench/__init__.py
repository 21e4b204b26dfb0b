"""`make bench-publish`: how fast Hawker publishes, beside a bare loop that makes the same calls.
`make bench-timing`: how punctually, while it has much else to do."""
