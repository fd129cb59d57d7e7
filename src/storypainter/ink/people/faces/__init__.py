"""Heads: faces with their states, hair, beards."""
