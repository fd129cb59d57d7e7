"""What a narrative over pictures is judged by, on ten points (the paper's Tables 1 to 4, 4.2).

The paper names criteria and gives no wording; what each asks is in our own words, the same for a
judge and for people.
"""

from __future__ import annotations

from dataclasses import dataclass

LOWEST, HIGHEST = 1, 10


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion: its key in files, its name in tables, and what it asks.

    ``over_frames`` says that it needs two pictures, ``of_pictures`` that a judge must know them.
    """

    key: str
    label: str
    question: str
    over_frames: bool = False
    of_pictures: bool = False


CRITERIA: tuple[Criterion, ...] = (
    Criterion(
        "coherence", "Coherence",
        "Does it read as one story, in which each sentence follows from what was told before?",
    ),
    Criterion(
        "relevance", "Relevance",
        "Does each part tell what its own picture shows, and nothing that the pictures belie?",
        of_pictures=True,
    ),
    Criterion(
        "emotional_depth", "Emotional Depth",
        "Does it make felt what the people in it feel, and why, beyond naming a mood?",
    ),
    Criterion(
        "narrative_consistency", "Narrative Consistency",
        "Do names, people, things and facts stay what they are from beginning to end?",
        over_frames=True,
    ),
    Criterion(
        "character_development", "Character Development",
        "Do the people become somebody: do they want something, and are they changed by what happens?",
    ),
    Criterion(
        "plot_progression", "Plot Progression",
        "Does something get under way, go on by causes, and come to an end that was prepared?",
    ),
    Criterion(
        "emotional_engagement", "Emotional Engagement",
        "Would a reader care how it goes on, and for the people in it?",
    ),
    Criterion(
        "character_consistency", "Character Consistency",
        "Is whoever comes up in several pictures told as the same person, looking the same in all?",
        over_frames=True, of_pictures=True,
    ),
    Criterion(
        "scene_consistency", "Scene Consistency",
        "Do places and times in the parts go together as they do from picture to picture?",
        over_frames=True, of_pictures=True,
    ),
    Criterion("overall_quality", "Overall Quality", "All in all, how good is it as the story of these pictures?"),
)  # fmt: skip
KEYS = tuple(each.key for each in CRITERIA)
#: What people are asked for: the paper's Table 2.
PEOPLES = ("coherence", "relevance", "emotional_depth", "overall_quality")


def criterion(key: str) -> Criterion:
    """The criterion of that key (KeyError where there is none)."""
    return next(each for each in CRITERIA if each.key == key)
