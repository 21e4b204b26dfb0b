"""Posts as they are written: text, pictures, and the wording for each channel."""
