"""storypainter: one picture that tells a story."""

__version__ = "0.1.0"
