"""How long a reply may be."""

from __future__ import annotations

from storypainter.models.contract import CallFailed, Verdict
from storypainter.pools.reading import MAX_STORY_CHARACTERS


def refuse_a_novel(text: str) -> None:
    """Refuse a reply that can't be a story.

    A story is a paragraph; reading a novel would stop all other items meanwhile.

    Raises:
        CallFailed: the reply is too long.
    """
    if len(text) > MAX_STORY_CHARACTERS:
        raise CallFailed(
            Verdict.TOO_LONG,
            f"the reply has {len(text):,} characters, a story at most {MAX_STORY_CHARACTERS:,}",
            "lower --max-tokens",
        )
