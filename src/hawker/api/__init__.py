"""Programs come in here: REST, and webhooks from networks."""
