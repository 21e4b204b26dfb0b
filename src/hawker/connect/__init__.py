"""What every network shares: values, errors, abilities, one HTTP client. Plain async Python, no Django."""
