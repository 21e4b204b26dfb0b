"""All pretend networks as one web app, with faults on demand. For the demo, the tests and the drills."""
