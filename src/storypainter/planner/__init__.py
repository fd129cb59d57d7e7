"""The embedded storyteller: stories with their Scenes, from data, without any model."""

from storypainter.planner.planning import VERSION, Plan, available, plan, themes

__all__ = ["VERSION", "Plan", "available", "plan", "themes"]
