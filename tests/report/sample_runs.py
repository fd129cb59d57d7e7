"""Runs made by hand through RunFolder, as the pipeline makes them. All texts are our own."""

from __future__ import annotations

import asyncio
import hashlib
import struct
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import resvg_py

from storypainter.picture import Picture, Region
from storypainter.reply import CallRecord, Usage
from storypainter.runs.folder import RunFolder
from storypainter.runs.replies import Replies
from storypainter.story import Chain, Clue, Dimension, ExampleUsed, Story, StoryOrigin

SPEC: dict[str, Any] = {
    "n": 3,
    "storyteller": "openai/gpt-4o",
    "mode": "cor_guided",
    "painter": "openai/gpt-image-1",
    "pool": "own",
    "temperature": 1.0,
    "brief": {"theme": "Missed by a moment", "locale": "Portugal", "language": "en"},
}
ORIGINS = {"n": "flag", "storyteller": "flag", "painter": "file", "theme": "flag", "locale": "flag"}

QUAY = (
    "The ferry is three metres off the quay and a woman in a wedding dress still runs. Her "
    "bouquet has left her hand already: the boy in the stern reaches for it with both arms. On "
    "the planks lie one white shoe and a trail of petals back to the ticket office, whose clock "
    "says two minutes past nine.\n\nThe ticket seller has both hands on his cheeks. Under the sign "
    "LAST FERRY 9.00 an old man in a life jacket laughs so hard that he has to hold his cap."
)
GULL = (
    "A gull walks off with a fish from the scales while the fishmonger, his back turned, wraps "
    "paper around nothing at all."
)
BAKER = "A baker asleep on flour sacks has a queue down the street and a cat in the bread basket."

_SEA = """<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 640 480">
<rect width="640" height="300" fill="#f5d9b8"/><circle cx="470" cy="120" r="54" fill="#f08a5d"/>
<rect y="280" width="640" height="200" fill="#3c6e83"/><rect y="380" width="400" height="100"
 fill="#8a6a4f"/><path d="M420 330h190l-34 60H450z" fill="#b5403a"/><rect x="470" y="270"
 width="70" height="60" fill="#fff"/><path d="M150 250l36 130h-72z" fill="#fff"/><circle cx="150"
 cy="234" r="20" fill="#6b3f2a"/><rect x="20" y="190" width="70" height="190" fill="#41503f"/>
<circle cx="55" cy="225" r="24" fill="#fff"/><path d="M55 225v-18M55 225h6" stroke="#222"
 stroke-width="4"/><circle cx="{c}" cy="300" r="10" fill="#fff"/></svg>"""


@dataclass(frozen=True)
class Entry:
    """One item of a run: what is recorded for it."""

    story: Story | None = None
    picture: bytes | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    failed: tuple[str, str, str] | None = None
    file: str = ""
    media_type: str = "image/png"
    size: tuple[int, int] = (640, 480)


def sea(width: int = 640, height: int = 480, ball: int = 300) -> bytes:
    """A small seaside picture as PNG."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=_SEA.format(w=width, h=height, c=ball), skip_system_fonts=True
        )
    )


def speck(colour: int) -> bytes:
    """A PNG of four pixels, another one for each colour."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    row = b"\0" + colour.to_bytes(3, "big") * 2
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(row * 2))
        + chunk(b"IEND", b"")
    )


def chains() -> tuple[Chain, ...]:
    """Seven Chains, one a Dimension, with clue ids that the regions carry."""
    clock, sign = Clue(text="clock at 9.02", id="clock"), Clue(text="LAST FERRY 9.00", id="sign")
    gap = Clue(text="three metres of water", id="gap")
    dress = Clue(text="wedding dress", id="dress")
    arms = Clue(text="boy's open arms", id="arms")
    return (
        Chain(dimension=Dimension.TIME, clues=(clock, sign), conclusion="The last ferry has left"),
        Chain(dimension=Dimension.LOCATION, clues=(gap, sign), conclusion="A ferry quay"),
        Chain(
            dimension=Dimension.CHARACTER_ROLE, clues=(dress,), conclusion="The runner is a bride"
        ),
        Chain(
            dimension=Dimension.CHARACTER_RELATIONSHIP,
            clues=(dress, arms),
            conclusion="The boy belongs to her wedding",
        ),
        Chain(dimension=Dimension.EVENT, clues=(gap, dress), conclusion="A bride misses the boat"),
        Chain(
            dimension=Dimension.EVENT_CAUSAL_RELATIONSHIP,
            clues=(Clue(text="shoe on the planks"), clock),
            conclusion="She is late because she lost a shoe",
        ),
        Chain(
            dimension=Dimension.MENTAL_STATE,
            clues=(Clue(text="hands on his cheeks", id="seller"),),
            conclusion="The ticket seller is aghast",
        ),
    )


def regions() -> tuple[Region, ...]:
    """Regions of :func:`sea`: a clock tower, a bride, a ferry without an outline."""
    return (
        Region(
            element="tower", kind="clock", clues=("clock", "sign"), box=(20, 190, 90, 380),
            polygons=(((20, 190), (90, 190), (90, 380), (20, 380)),),
            visible=1, area=13300, side="left", quadrant="bottom left",
        ),
        Region(
            element="bride", kind="person", clues=("dress",), box=(114, 214, 186, 380),
            polygons=(((150, 214), (186, 380), (114, 380)),),
            visible=0.8, area=5976, side="left", quadrant="bottom left",
        ),
        Region(
            element="ferry", kind="boat", clues=("gap", "arms"), box=(420, 270, 610, 390),
            visible=0.95, area=22800, side="right", quadrant="bottom right",
        ),
    )  # fmt: skip


def origin(mode: str = "cor_guided") -> StoryOrigin:
    """How a story was made, with two examples."""
    return StoryOrigin(
        storyteller="openai/gpt-4o", mode=mode, prompt="0f" * 16, pool="own", seed=7,
        examples=(
            ExampleUsed(id="own-kite", text="A kite pulls a grandmother across a frozen lake."),
            ExampleUsed(id="own-lift", text="Between two floors a lift holds a tuba and its owner."),
        ),
        parameters={"temperature": 1.0, "top_p": 1.0, "max_tokens": 1024},
    )  # fmt: skip


def rich_entries() -> list[Entry]:
    """A full Pair, a Pair without chains, a refused picture."""
    first = Story(
        id="quay", text=QUAY, title="The last ferry", gist="A bride runs after a departing ferry.",
        chains=chains(), entities=("ferry", "bride", "clock"), origin=origin(),
        notes=("the reply began with a heading, which was dropped",),
    )  # fmt: skip
    more = {
        "prompt": QUAY,
        "revised_prompt": "A warm illustration of a harbour in the evening. " + QUAY,
        "regions": regions(),
        "reports": ("the shoe is smaller than 0.3 % of the picture",),
    }
    return [
        Entry(first, sea(), more),
        Entry(Story(id="gull", text=GULL, origin=origin()), sea(480, 640, 200), size=(480, 640)),
        Entry(
            Story(id="baker", text=BAKER, origin=origin()),
            failed=("picture", "refused", "the server refused the prompt by its policy"),
        ),
    ]


def make_run(
    path: Path,
    entries: Sequence[Entry],
    *,
    spec: Mapping[str, Any] = SPEC,
    calls: Sequence[tuple[Usage, float | None]] = (),
    before: Callable[[RunFolder], None] | None = None,
) -> Path:
    """Write a run folder; ``calls`` are (usage, cost) of stored replies."""

    async def work() -> None:
        with RunFolder(path) as folder:
            if before is not None:
                before(folder)
            folder.begin(spec, ORIGINS, "storypainter generate --out RUN")
            for index, entry in enumerate(entries):
                await _record(folder, index, entry)
            for index, (usage, cost) in enumerate(calls):
                record = CallRecord(
                    key=f"call-{index}", step="story", address="openai/gpt-4o", kind="chat",
                    reply={"text": "…"}, blob=None, media_type="", usage=usage, cost=cost,
                    seconds=1.0, tries=1,
                )  # fmt: skip
                await Replies(folder).keep(record)
            folder.finish()

    asyncio.run(work())
    return path


async def _record(folder: RunFolder, index: int, entry: Entry) -> None:
    async def done(step: str, value: bytes) -> None:
        key = f"{folder.spec_id}-{step}-{index}"
        folder.link(index, step, key)
        await folder.done(key, step, value)

    if entry.story is not None:
        await done("story", entry.story.to_json().encode())
    if entry.picture is not None:
        digest = folder.keep_file(entry.picture, entry.media_type)
        assert digest == hashlib.sha256(entry.picture).hexdigest()
        picture = Picture(
            file=entry.file or folder.file_of(digest, entry.media_type), sha256=digest,
            media_type=entry.media_type, width=entry.size[0], height=entry.size[1],
            painter="openai/gpt-image-1", **entry.more,
        )  # fmt: skip
        await done("picture", picture.to_json().encode())
    if entry.failed is not None:
        step, kind, reason = entry.failed
        folder.link(index, step, f"failed-{index}")
        await folder.failed(f"failed-{index}", step, kind, reason)
