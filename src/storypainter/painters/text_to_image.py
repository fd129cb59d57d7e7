"""A text-to-image model as painter: the story is the prompt (paper, section 2.2)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import Any, cast

from storypainter.errors import BadInput
from storypainter.models.calling import Caller
from storypainter.models.contract import Illustrator, ImageRequest
from storypainter.models.image_bytes import MediaType
from storypainter.painters.contract import PictureFiles
from storypainter.picture import Picture
from storypainter.scene import Scene
from storypainter.story import Story

VERSION = "1"
_MAX_TEMPLATE = 100_000


class TextToImagePainter:
    """Paints with any Illustrator.

    Args:
        illustrator: who paints.
        request: size, quality and other settings; its prompt is replaced.
        style: a line added below the story; empty for the story alone, as in the paper.
        template: a prompt with ``$story`` (and, if wanted, ``$style``) in it.
    """

    def __init__(
        self,
        illustrator: Illustrator,
        request: ImageRequest,
        *,
        style: str = "",
        template: str = "",
    ) -> None:
        self.illustrator = illustrator
        self._request = request
        self._style = " ".join(style.split())
        self._template = Template(template) if template else None

    def prompt(self, story: Story) -> str:
        """The prompt for a story."""
        if self._template is not None:
            return self._template.substitute(story=story.text, style=self._style).strip()
        return f"{story.text}\n\nStyle: {self._style}" if self._style else story.text

    def inputs(self, story: Story, scene: Scene | None) -> Mapping[str, Any]:
        request = self._request
        return {
            "version": VERSION,
            "model": dict(self.illustrator.identity),
            "prompt": self.prompt(story),
            "size": request.size,
            "quality": request.quality,
            "background": request.background,
            "output_format": request.output_format,
            "settings": dict(request.settings),
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
        request = replace(self._request, prompt=self.prompt(story), settings=self._settings(sample))
        reply, digest = await caller.illustrate(
            self.illustrator, request, step="picture", sample=sample
        )
        return Picture(
            file=files.file_of(digest, reply.media_type),
            sha256=digest,
            media_type=cast(MediaType, reply.media_type),
            width=reply.width,
            height=reply.height,
            painter=self.illustrator.address,
            prompt=request.prompt,
            revised_prompt=reply.revised_prompt,
        )

    def _settings(self, sample: str) -> Mapping[str, Any]:
        """The settings; where the model paints by a seed, each sample gets one of its own."""
        settings = dict(self._request.settings)
        if "seed" in settings:
            digest = hashlib.blake2b(f"{settings['seed']}:{sample}".encode(), digest_size=4)
            settings["seed"] = int.from_bytes(digest.digest(), "big") >> 1
        return settings


def read_template(path: str) -> str:
    """A prompt template from a file.

    Raises:
        BadInput: unreadable, too long, without ``$story``, or with an unknown placeholder.
    """
    try:
        text = Path(path).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise BadInput(f"template {path}: {reason}", "check --template") from None
    if len(text) > _MAX_TEMPLATE:
        raise BadInput(f"template {path} is longer than {_MAX_TEMPLATE:,} characters", "shorten it")
    template = Template(text)
    if not template.is_valid():
        raise BadInput(f"template {path} holds a stray '$'", "write $$ for a dollar sign")
    names = set(template.get_identifiers())
    if "story" not in names or names - {"story", "style"}:
        odd = sorted(names - {"story", "style"})
        problem = f"an unknown placeholder ${odd[0]}" if odd else "no $story"
        raise BadInput(f"template {path} holds {problem}", "it may use $story and $style")
    return text
