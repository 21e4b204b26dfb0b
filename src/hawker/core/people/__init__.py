"""Businesses, the people in them, what each may do, and the log of what they did."""
