"""Animals, one file a place where they live."""
