"""What a workspace can do: rows, pure rules, actions that write, queries that read."""
