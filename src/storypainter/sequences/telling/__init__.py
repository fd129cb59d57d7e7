"""telling: a narrative in parts, told over the pictures of a sequence by a model that sees."""
