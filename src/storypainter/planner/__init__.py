"""The embedded storyteller: stories with their Chains and Scenes, planned without any model."""

from storypainter.planner.planning import VERSION, Plan, check, knows, nouns, plan, themes

__all__ = ["VERSION", "Plan", "check", "knows", "nouns", "plan", "themes"]
