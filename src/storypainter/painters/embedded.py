"""``ink`` as painter: draws the Scene, in processes of its own.

Drawing is pure computation: worker processes keep the event loop free and use every core.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any

from storypainter.errors import BadInput
from storypainter.models.calling import Caller
from storypainter.painters.contract import CannotPaint, PictureFiles
from storypainter.picture import Picture
from storypainter.processes import cores, process_pool
from storypainter.scene import Scene
from storypainter.story import Story

if TYPE_CHECKING:
    from storypainter import ink

VERSION = "1"
_PLAIN = ("", "flat", "mono", "line")

NEEDS_SCENE = BadInput(
    "ink draws Scenes, and this story comes without one",
    "let a director stage it, or choose a text-to-image model as --painter",
)


class InkPainter:
    """The embedded painter.

    Args:
        size: ``WIDTHxHEIGHT`` in pixels, or ``auto`` (1024x1024).
        style: ``line``, ``flat`` or ``mono``, and options after commas, as
            :func:`storypainter.ink.style_words.read_style` takes them; empty means ``flat``.
        seed: varies the layout and the hand.
        stand_ins: ``openmoji`` where its pictures may stand in for props that ink lacks.

    Raises:
        BadInput: a style that ink doesn't draw, a size out of range; MissingExtra: stand-ins
            that are not installed.
    """

    def __init__(self, *, size: str, style: str, seed: int, stand_ins: str = "") -> None:
        if style not in _PLAIN:
            # a wrong word is told before any work begins; geometry libraries take a while to import
            from storypainter.ink.style_words import read_style

            read_style(style)
        width, _, height = (size if size != "auto" else "1024x1024").partition("x")
        self._size = int(width), int(height)
        if not all(256 <= side <= 4096 for side in self._size):
            raise BadInput(f"ink can't draw {size} pixels", "use sides from 256 to 4096")
        self._style = style
        self._seed = seed
        self._stand_ins = stand_ins
        self._lender = _lender() if stand_ins else ""
        self._pool: ProcessPoolExecutor | None = None

    def inputs(self, story: Story, scene: Scene | None) -> Mapping[str, Any]:
        if scene is None:
            raise NEEDS_SCENE
        from storypainter import ink  # on use: geometry libraries take a while to import

        return {
            "version": VERSION,
            "ink": ink.VERSION,
            "scene": scene.to_plain(),
            "size": list(self._size),
            "style": self._style,
            "seed": self._seed,
            **({"stand_ins": self._lender} if self._lender else {}),
        }

    async def paint(
        self,
        story: Story,
        scene: Scene | None,
        *,
        sample: str,
        caller: Caller,
        files: PictureFiles,
    ) -> Picture:
        if scene is None:
            raise NEEDS_SCENE
        width, height = self._size
        loop = asyncio.get_running_loop()
        try:
            drawing = await loop.run_in_executor(
                self._workers(),
                _draw,
                scene,
                width,
                height,
                self._style,
                self._seed,
                self._stand_ins,
            )
        except BrokenProcessPool:
            self._pool = None
            raise CannotPaint(
                "crashed", "a drawing process died", "see whether memory ran out, then run again"
            ) from None
        except BadInput as error:
            raise CannotPaint("scene", error.message, error.hint) from None
        digest = files.keep_file(drawing.png, "image/png")
        svg = files.keep_file(drawing.svg.encode(), "image/svg+xml")
        return Picture(
            file=files.file_of(digest, "image/png"),
            sha256=digest,
            media_type="image/png",
            width=width,
            height=height,
            painter="ink",
            svg=files.file_of(svg, "image/svg+xml"),
            regions=drawing.regions,
            reports=(*drawing.reports, *drawing.credits, *scene.left_out),
        )

    async def aclose(self) -> None:
        """End the drawing processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def _workers(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = process_pool(cores())
        return self._pool


def _lender() -> str:
    """Whose pictures stand in, with their release, which decides how they look."""
    from storypainter.ink.props import openmoji

    return openmoji.release()


def _draw(
    scene: Scene, width: int, height: int, style: str, seed: int, stand_ins: str
) -> ink.Drawing:
    from storypainter import ink
    from storypainter.ink.style_words import read_style

    look = read_style(style)
    return ink.paint_scene(
        scene, width=width, height=height, style=look, seed=seed, stand_ins=stand_ins
    )
