"""What ink can draw, as data: ``vocabulary.json`` beside this file, generated from the code.

Run ``python -m storypainter.ink.vocabulary --write`` after a change, and ``--check`` to compare.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS
from storypainter.ink.composition.check import MOST_PEOPLE
from storypainter.ink.people.vocabulary import FIGURE_VOCABULARY
from storypainter.ink.props.prop import PropKind
from storypainter.ink.settings import KITS

FILE = Path(__file__).with_name("vocabulary.json")


def vocabulary() -> dict[str, Any]:
    """All words that a Scene may use, with sizes (cm), states and grips (cm from the foot)."""
    return {
        "settings": {
            word: {
                "anchors": list(kit.anchors),
                "furniture": kit.furniture,
                "indoors": kit.indoors,
                "seat": kit.seat,
                "most_people": MOST_PEOPLE,
            }
            for word, kit in sorted(KITS.items())
        },
        "props": {word: _prop(kind) for word, kind in sorted(PROPS.items())},
        "animals": {
            word: {
                "poses": {pose: list(size) for pose, size in kind.sizes.items()},
                "holds_in_mouth": sorted(kind.mouth),
                "swims": kind.swims,
            }
            for word, kind in sorted(ANIMALS.items())
        },
        "signs": {
            word: {"states": list(kind.states), "mounts": list(kind.mounts)}
            for word, kind in sorted(BOARDS.items())
        },
        "figures": json.loads(json.dumps(FIGURE_VOCABULARY)),
    }


def _prop(kind: PropKind) -> dict[str, Any]:
    sizes = {state: [round(length, 1) for length in kind.extent(state)] for state in kind.states}
    found: dict[str, Any] = {"states": list(kind.states), "size": sizes}
    if kind.grips:
        found["held"] = kind.carry or "front"
        found["grips"] = [
            [round(length, 1) for length in kind.grip(i)] for i in range(len(kind.grips))
        ]
    for name, surface in (("carries", kind.surface), ("seats", kind.seats), ("berth", kind.berth)):
        if surface is not None:
            found[name] = {"places": len(surface.places), "height": surface.height}
    if kind.hangs is not None:
        found["hangs"] = kind.hangs
    return found


def as_text() -> str:
    """The vocabulary as the text of ``vocabulary.json``."""
    return json.dumps(vocabulary(), indent=1, ensure_ascii=False) + "\n"
