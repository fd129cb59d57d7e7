"""The embedded storyteller: stories with their Chains and Scenes, planned without any model."""

from storypainter.planner.planning import Plan, check, knows, nouns, plan, version

__all__ = ["Plan", "check", "knows", "nouns", "plan", "version"]
