"""Background work: every job and its rhythm, and the engines that run them."""
