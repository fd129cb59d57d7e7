"""training: what learns from data here, beginning with the scorer of semantic complexity."""
