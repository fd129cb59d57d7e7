"""Painters: a Story or Scene becomes a Picture."""
