"""Scores of stories and pictures: is it one moment, is it a copy, how diverse is the set."""
