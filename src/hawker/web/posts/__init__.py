"""The list of posts, the composer, a post's page."""
