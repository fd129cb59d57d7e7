"""The lexical director as a director of the pipeline."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from typing import Any

from storypainter.director.contract import CannotDirect
from storypainter.director.looks import varied
from storypainter.errors import BadInput
from storypainter.models.calling import Caller
from storypainter.scene import Scene
from storypainter.story import Story
from storypainter.vocabulary import painter_vocabulary

_HAIR = re.compile(r"\b(hair|bald|curl|braid|plait|pony)", re.IGNORECASE)
#: How many lines of what was missed go on a picture's record.
_MOST_MISSED = 40


class LexicalDirector:
    """Directs by rules and word lists, without a model; see :func:`storypainter.director.direct`.

    Args:
        setting: where all stories play, in words, if that is known.
        locale: the culture they are set in, where it is known.
        seed: varies what a text leaves open.
    """

    def __init__(self, *, setting: str = "", locale: str = "", seed: int = 0) -> None:
        self._setting = setting
        self._locale = locale
        self._seed = seed

    def inputs(self, story: Story) -> Mapping[str, Any]:
        from storypainter import director  # on use: its word lists take a while to read

        return {
            "director": director.VERSION,
            "text": story.text,
            "setting": self._setting,
            "locale": self._locale,
            "seed": self._seed,
        }

    async def direct(self, story: Story, *, sample: str, caller: Caller) -> Scene:
        try:
            return await asyncio.to_thread(
                scene_of, story.text, setting=self._setting, locale=self._locale, seed=self._seed
            )
        except BadInput as error:
            raise CannotDirect("text", error.message, error.hint) from None


def scene_of(text: str, *, setting: str = "", locale: str = "", seed: int = 0) -> Scene:
    """The Scene of a story's text: what was understood, and looks for all of whom it says nothing.

    Args:
        text: English, at most 20,000 characters.
        setting: where it plays, in words, if that is known.
        locale: the culture it is set in, where that is known; it dresses people, then.
        seed: varies what the text leaves open.

    Returns:
        The Scene; ``left_out`` holds a line for each thing that was not drawn, at most forty.

    Raises:
        BadInput: the text is empty, too long, or not English.
    """
    from storypainter import director  # on use: its word lists take a while to read
    from storypainter.director import surroundings

    found = director.direct(text, setting_hint=setting)
    missed = [(mention.text, mention.reason) for mention in found.missed]
    if setting and not surroundings.places_in(setting):
        missed.insert(0, (setting, "no such setting is known"))
    lines = dict.fromkeys(f"not drawn: {what[:80]} ({why})"[:300] for what, why in missed)
    scene = found.scene
    if locale:
        place = scene.setting.model_copy(update={"locale": locale})
        scene = scene.model_copy(update={"setting": place})
    else:
        told = _HAIR.search(text) is not None
        scene = varied(scene, painter_vocabulary(), seed=seed, hair=not told)
    return scene.model_copy(update={"left_out": tuple(lines)[:_MOST_MISSED]})
