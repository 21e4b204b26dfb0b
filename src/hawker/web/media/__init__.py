"""Pictures: taking them in, showing them to those who work here."""
