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
        from storypainter import director

        try:
            found = await asyncio.to_thread(
                director.direct, story.text, setting_hint=self._setting, seed=self._seed
            )
        except BadInput as error:
            raise CannotDirect("text", error.message, error.hint) from None
        lines = dict.fromkeys(
            f"not drawn: {mention.text[:80]} ({mention.reason})"[:300] for mention in found.missed
        )
        place = found.scene.setting
        if self._locale:
            place = place.model_copy(update={"locale": self._locale})
        missed = tuple(lines)[:_MOST_MISSED]
        scene = found.scene
        if not self._locale:
            scene = varied(scene, hair=_HAIR.search(story.text) is None)
        return scene.model_copy(update={"setting": place, "left_out": missed})
