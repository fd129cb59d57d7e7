"""Rewards for narratives, and how they are put together."""
