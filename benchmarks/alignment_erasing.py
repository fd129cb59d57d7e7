"""Clues erased from the SVG file itself: their groups are taken out, the file is read anew.

The edited file is read, audited and rendered as any SVG from outside is; the Scene stays as it was
painted, so that only the picture says what is gone. Two judges look at it: the structural judge of
alignment by the Regions of the edited file, and, where what is erased is lettered, the recogniser
of lettering by its pixels.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from storypainter.evaluators.alignment_asking import Answer
from storypainter.evaluators.alignment_structure import answers_of_scene
from storypainter.evaluators.key_points import Point
from storypainter.evaluators.lettering import sign_texts
from storypainter.evaluators.lettering_matching import LEGIBLE, match_signs
from storypainter.evaluators.lettering_reading import lines_in
from storypainter.evaluators.scene_reading import read_scene
from storypainter.ink.drawing.render import to_png
from storypainter.ink.files.svg_files import (
    BACKGROUND,
    EditedDrawing,
    name_of,
    read_svg,
    to_text,
    tree_of,
)
from storypainter.ink.files.svg_regions import regions_of_svg
from storypainter.picture import Region
from storypainter.scene import Scene

PERSON = "person"
Plain = dict[str, Any]


@dataclass(frozen=True)
class Group:
    """A ``<g>`` of an element: its id, its kind, its clues, and the ids of all groups in it."""

    element: str
    kind: str
    clues: frozenset[str]
    within: frozenset[str]


def groups_of(drawing: EditedDrawing) -> tuple[Group, ...]:
    """The groups of a drawing that show elements, with those nested in them (what is held)."""
    return tuple(
        Group(
            node.attrib["data-element"],
            node.get("data-kind", ""),
            frozenset((node.get("data-clues") or "").split()),
            frozenset(each.attrib["data-element"] for each in _groups(node)),
        )
        for node in _groups(tree_of(drawing))
        if node.get("data-kind") not in BACKGROUND
    )


def erased(drawing: EditedDrawing, elements: Iterable[str]) -> EditedDrawing:
    """The drawing without all groups of some elements, read as a file from outside is."""
    gone = frozenset(elements)
    root = tree_of(drawing)
    for parent in list(root.iter()):
        for child in list(parent):
            if name_of(child) == "g" and child.get("data-element") in gone:
                parent.remove(child)
    return read_svg(to_text(root).encode())


def _groups(node: ET.Element) -> list[ET.Element]:
    return [each for each in node.iter() if name_of(each) == "g" and "data-element" in each.attrib]


# ------------------------------------------------------------------------------ a Pair


def erasures(
    scene: Scene, svg: str, clues: Sequence[Point], is_erased: Callable[[Group], bool]
) -> Plain:
    """(fell, held before) of own clues, of others, and of signs, over all erasures in a Pair.

    One clue after the other, where it holds in the picture as it is: all groups that carry it and
    are of the wanted sort are erased. ``own`` counts that clue, ``others`` the clues that hold and
    that nothing erased carries, ``risen`` of such clues that did not hold those that now do.
    ``own_signs`` and ``other_signs`` count signs that could be read and no longer can.

    Args:
        scene: what was painted.
        svg: the painter's file.
        clues: the key points to look at.
        is_erased: which groups may be erased.
    """
    drawing = read_svg(svg.encode())
    groups = groups_of(drawing)
    before = _answers(scene, regions_of_svg(drawing), clues)
    signs = sign_texts(scene)
    legible: Sequence[bool] | None = None
    counts = {kind: [0, 0] for kind in ("own", "others", "risen", "own_signs", "other_signs")}
    done: dict[frozenset[str], tuple[tuple[Answer, ...], Sequence[bool]]] = {}
    for point, answer in zip(clues, before, strict=True):
        carrying = [group for group in groups if point.clue in group.clues and is_erased(group)]
        if not carrying or not answer.yes:
            continue
        named = frozenset(group.element for group in carrying)
        gone = frozenset().union(*(group.within for group in carrying))
        lettered = [element in gone for element, _ in signs]
        if named not in done:
            after = erased(drawing, named)
            still: Sequence[bool] = ()
            if any(lettered):
                legible = _legible(drawing, signs) if legible is None else legible
                still = _legible(after, signs)
            done[named] = _answers(scene, regions_of_svg(after), clues), still
        now, still = done[named]
        carried = frozenset[str]().union(*(g.clues for g in groups if g.element in gone))
        for each, was, then in zip(clues, before, now, strict=True):
            own = each is point
            if was.yes and (own or each.clue not in carried):
                _count(counts["own" if own else "others"], then.yes is not True)
            elif was.yes is False and each.clue not in carried:
                _count(counts["risen"], then.yes is True)
        if any(lettered) and legible is not None:
            for is_gone, was_read, is_read in zip(lettered, legible, still, strict=True):
                if was_read:
                    _count(counts["own_signs" if is_gone else "other_signs"], not is_read)
    return {"erasures": counts["own"][1], **counts}


def _count(counted: list[int], hit: bool) -> None:
    counted[0] += hit
    counted[1] += 1


def _answers(scene: Scene, regions: Sequence[Region], clues: Sequence[Point]) -> tuple[Answer, ...]:
    return answers_of_scene(read_scene(scene, regions), clues)


def _legible(drawing: EditedDrawing, signs: Sequence[tuple[str, str]]) -> list[bool]:
    """Which signs can be read in the drawing's pixels."""
    matches = match_signs([text for _, text in signs], lines_in(to_png(drawing.svg)))
    return [match.similarity >= LEGIBLE for match in matches]


# -------------------------------------------------------------------- the two audits


def audits_agree(
    regions: Sequence[Region], svg: str, scene: Scene, clues: Sequence[Point]
) -> Plain:
    """Clues of an unedited picture by the painter's Regions and by those of its file.

    Returns:
        ``same``: how many get one answer by both, of how many.
    """
    painted = _answers(scene, regions, clues)
    filed = _answers(scene, regions_of_svg(read_svg(svg.encode())), clues)
    same = sum(one.yes is other.yes for one, other in zip(painted, filed, strict=True))
    return {"same": [same, len(painted)]}


SORTS: Mapping[str, Callable[[Group], bool]] = {
    "things": lambda group: group.kind != PERSON,
    "people": lambda group: group.kind == PERSON,
}
