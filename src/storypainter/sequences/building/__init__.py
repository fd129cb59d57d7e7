"""building: a set of sequences from other people's sources."""

from storypainter.sequences.building.asked import asked_of
from storypainter.sequences.building.assembling import Built
from storypainter.sequences.building.building import build
from storypainter.sequences.building.writing import refused_counts

__all__ = ["Built", "asked_of", "build", "refused_counts"]
