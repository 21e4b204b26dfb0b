"""The queue's weekly times, and the posts that come back."""
