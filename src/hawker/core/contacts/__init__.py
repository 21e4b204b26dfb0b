"""People whom a business may write to: their addresses, what they agreed to, and lists of them."""
