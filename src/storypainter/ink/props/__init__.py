"""Things, one file a kind of place; furniture as well."""
