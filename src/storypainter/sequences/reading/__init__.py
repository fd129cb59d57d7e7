"""Readers of other people's sequences: each turns a source into Found sequences, or refuses it."""
