"""Pictures of a workspace: checked by content, freed of their place, kept with a small copy."""
