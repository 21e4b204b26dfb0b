"""The pages: one folder a screen, its templates beside it."""
