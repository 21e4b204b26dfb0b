"""Real servers of open networks, which `make test-networks` installs and tests talk to."""
