"""THE flow: Brief -> story -> (scene) -> picture, for every item of a run, streaming.

Read this first. ``assembly`` turns a RunSpec into a Plan and refuses everything that can be
known to be wrong before anything is called or written. ``Run`` works the plan through: each
item walks from step to step by itself, so that a picture starts as soon as its story is there.
A step whose key is done is skipped, a failed one is tried again: resuming is running again
(``steps``). How many items are under way, and what stops them, is in ``flight``.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from storypainter.director.contract import CannotDirect, Director
from storypainter.flight import WorkingThrough, limits_of
from storypainter.models.calling import Limits
from storypainter.models.pricing import Price
from storypainter.painters.contract import CannotPaint, Painter
from storypainter.picture import Picture
from storypainter.runs.folder import RunFolder
from storypainter.scene import Scene
from storypainter.settings import RunSpec
from storypainter.story import Story
from storypainter.storytellers.telling import Teller
from storypainter.storytellers.unreadable import UnreadableReply

#: Part of every key; raise it when the meaning of a stored result changes.
STEPS: Mapping[str, str] = {"story": "1", "scene": "1", "picture": "1"}


@dataclass(frozen=True, slots=True)
class Plan:
    """A run that can start: what was asked, who tells, who paints (nobody: stories only).

    The director stages stories that come without a Scene, for a painter that needs one.
    """

    spec: RunSpec
    n: int
    teller: Teller
    painter: Painter | None
    prices: Mapping[str, Price]
    director: Director | None = None
    notes: tuple[str, ...] = ()
    closers: tuple[Callable[[], Awaitable[None]], ...] = ()

    @property
    def limits(self) -> Limits:
        """The spec's limits, as the calling path wants them."""
        return limits_of(self.spec)


class Run(WorkingThrough):
    """One working-through of a plan in a run folder. ``caller`` and ``stages`` may be watched."""

    def __init__(self, plan: Plan, folder: RunFolder) -> None:
        scene = ("scene",) if plan.director is not None else ()
        names = ("story",) if plan.painter is None else ("story", *scene, "picture")
        super().__init__(
            folder, names, plan.limits, plan.prices, plan.closers,
            failures=(UnreadableReply, CannotDirect, CannotPaint),
        )  # fmt: skip
        self.plan = plan
        self.total = plan.n

    async def work(self) -> None:
        """Work through all items.

        Raises:
            StorypainterError: what stopped the run (a wrong key, the ceiling, a full disk).
                All that was paid is stored; running again goes on.
        """
        # A run of any length keeps only so many stories in memory. One item holds at most one
        # call; twice as many again may wait for a place, first come first served, so that
        # stories and pictures mix: else all calls of a kind come back at once, in waves, and
        # the time between two waves is lost. A picture waits two rounds at most.
        window = 3 * self.plan.limits.max_concurrency + 2
        async with self._flight:
            await self._flight.each(
                range(self.plan.n), self._item, window=window, name=lambda k: f"item {k + 1}"
            )
        if not self.stopping:
            self.folder.finish()

    # -------------------------------------------------------------------- items

    async def _item(self, item: int) -> None:
        """One item, from its story to its picture."""
        story = await self._story(item)
        if story is not None and self.plan.painter is not None:
            scene = await self._scene(item, story)
            if scene is not None or self.plan.director is None:
                await self._picture(item, story, scene, self.plan.painter)

    async def _story(self, item: int) -> Story | None:
        teller = self.plan.teller
        inputs = teller.inputs(item)
        return await self._steps.take(
            "story", STEPS["story"], item, inputs, Story,
            lambda tries: teller.tell(item, tries, self.caller),
        )  # fmt: skip

    async def _scene(self, item: int, story: Story) -> Scene | None:
        """The Scene that came with the story, or what the director makes of its text."""
        planned, director = self.plan.teller.scene(item), self.plan.director
        if planned is not None:

            async def known(_: int) -> Scene:
                return planned

            inputs: Mapping[str, Any] = {"scene": planned.to_plain()}
            return await self._steps.take("scene", STEPS["scene"], item, inputs, Scene, known)
        if director is None:
            return None

        async def direct(tries: int) -> Scene:
            return await director.direct(story, sample=f"{item}:{tries}", caller=self.caller)

        inputs = director.inputs(story)
        return await self._steps.take("scene", STEPS["scene"], item, inputs, Scene, direct)

    async def _picture(
        self, item: int, story: Story, scene: Scene | None, painter: Painter
    ) -> None:
        inputs = {**painter.inputs(story, scene), "story": story.text, "item": item}

        async def paint(tries: int) -> Picture:
            return await painter.paint(
                story, scene, sample=f"{item}:{tries}", caller=self.caller, files=self.folder
            )

        await self._steps.take("picture", STEPS["picture"], item, inputs, Picture, paint)
