"""What networks tell by themselves: kept as it came, then read and handed on to whom it concerns."""
