"""What every network must do alike, proven on each folder against its own sandbox. No network is named."""
