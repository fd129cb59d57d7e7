"""People in drawn pictures look the same in all pictures of a story.

Read from what ink draws, not from the Scenes: colours from the areas that it paints for a person,
each of which has to be in that person's group of the SVG, proportions from the drawn figures.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from storypainter.ink import series
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.palette import Style
from storypainter.ink.people.figure import FigureResult
from storypainter.planner.plots import Wishes, plan_plot
from storypainter.scene import Scene

#: What is so large (square centimetres) is seen in every pose; buttons and buckles are smaller.
GARMENT = 200
#: A jaw that drops makes a face so much longer.
JAW = 0.06
#: Parts that have one colour in every picture, by the labels that ink draws them under.
NAMES = {"face": "skin", "foot": "shoes"}
KEPT = {"skin", "hair", "hat", "shoes"}


@dataclass(frozen=True)
class Area:
    """One area of a person: the part that it belongs to, its colour before any light, its size."""

    part: str
    colour: str
    square: float


@dataclass(frozen=True)
class Seen:
    """A person in one drawn picture.

    ``colours`` are by part, and absent where none is seen; ``clothes`` are the colours on trunk and
    legs, each with its largest area; ``face`` is the way that the head is turned, and the side of
    the drawn face. Lengths and areas are in centimetres at the person's own scale.
    """

    light: Style
    colours: dict[str, str]
    clothes: dict[str, float]
    body: object
    face: tuple[str, float] | None


class Watched:
    """ink's painting of stories, watched."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.people: dict[str, list[Seen]] = {}
        self._areas: dict[int, dict[str, list[Area]]] = defaultdict(lambda: defaultdict(list))
        self._drawings: list[Any] = []
        paint, draw = Canvas.shape, series.draw

        def shape(canvas: Canvas, area: Any, fill: str, *more: Any, **named: Any) -> None:
            before = len(canvas.open_parts)
            paint(canvas, area, fill, *more, **named)
            for part in canvas.open_parts[before:]:
                painted = Area(part.label, fill, part.geometry.area)
                self._areas[id(canvas)][part.element].append(painted)

        def drawn(*arguments: Any) -> Any:
            self._drawings.append(draw(*arguments))
            return self._drawings[-1]

        monkeypatch.setattr(Canvas, "shape", shape)
        monkeypatch.setattr(series, "draw", drawn)
        monkeypatch.setattr(series, "to_png", self._picture)

    def story(self, scenes: Sequence[Scene], seed: int) -> dict[str, list[Seen]]:
        """Each person in those pictures of a story that show them."""
        self.people = defaultdict(list)
        series.draw_story(scenes, size=64, seed=seed)
        return self.people

    def _picture(self, svg: str, width: int) -> bytes:
        """In place of rendering a picture: of the layouts that were tried it is the best."""
        drawing = next(each for each in reversed(self._drawings) if each.canvas.to_svg("") == svg)
        style = drawing.canvas.style
        for group in ET.fromstring(svg).iter():
            if group.get("data-kind") != "person":
                continue
            who = group.get("data-element", "")
            areas = self._areas[id(drawing.canvas)][who]
            assert {style.fill(each.colour) for each in areas} <= set(fills(group, who))
            self.people[who].append(seen(areas, drawing.figures[who], style))
        return b""


def seen(areas: Sequence[Area], figure: FigureResult, light: Style) -> Seen:
    plan = figure.plan
    assert plan is not None
    colours, clothes = {}, {}
    for each in sorted(areas, key=lambda area: area.square):  # the largest has the last word
        if each.part:
            colours[NAMES.get(each.part, each.part)] = each.colour
        else:
            clothes[each.colour] = each.square / plan.at.cm**2
    face = (plan.head.view, math.sqrt(figure.face.area) / plan.at.cm) if figure.face.area else None
    body = plan.skeleton.height, plan.skeleton.body, plan.head.size
    return Seen(light, {name: colours[name] for name in KEPT & colours.keys()}, clothes, body, face)


def fills(node: ET.Element, who: str) -> Iterator[str]:
    """The colours in a person's group; what they hold is no part of them."""
    for child in node:
        if child.get("data-element", who) == who:
            yield child.get("fill", "none")
            yield from fills(child, who)


def unlike(people: dict[str, list[Seen]]) -> list[str]:
    """In what a person of one picture differs from the same person in the first one."""
    found: list[str] = []
    for who, (first, *others) in people.items():
        for other in others:
            for part in first.colours.keys() & other.colours.keys():
                if first.colours[part] != other.colours[part]:
                    found.append(f"{who}: {part} {first.colours[part]} is {other.colours[part]}")
            for one, two in ((first, other), (other, first)):
                gone = [each for each in one.clothes if each not in two.clothes]
                found += [f"{who}: clothes {each}" for each in gone if one.clothes[each] > GARMENT]
            if first.body != other.body:
                found.append(f"{who}: body {first.body} is {other.body}")
            if first.face and other.face and first.face[0] == other.face[0]:
                share = first.face[1] / other.face[1]
                if not 1 / (1 + JAW) <= share <= 1 + JAW:
                    found.append(f"{who}: the face is {share:.2f} times as large")
    return found


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> Watched:
    return Watched(monkeypatch)


@pytest.mark.parametrize("index", [0, 23])  # in 23 it begins to rain
def test_people_keep_hair_skin_clothes_and_proportions(index: int, watched: Watched) -> None:
    plot = plan_plot(11, index, Wishes((), (3, 3), (2, 3)))
    people = watched.story([each.scene for each in plot.moments], index)
    assert set(people) == {each.id for m in plot.moments for each in m.scene.people}
    several = [each for each in people.values() if len(each) > 1]
    assert len(several) >= 2
    for pictures in several:
        assert sum("skin" in each.colours for each in pictures) >= 2
        assert all("shoes" in each.colours for each in pictures)
        assert all(max(each.clothes.values()) > GARMENT for each in pictures)
    assert unlike(people) == []


COAT, BOOTS = {"kind": "coat", "colour": "teal"}, {"kind": "boots", "colour": "red"}
GIRL = {
    "id": "girl", "role": "girl", "age": "child", "skin": "light",
    "hair": {"style": "ponytail", "colour": "auburn"}, "attire": [COAT, BOOTS],
}  # fmt: skip


def pictures_of(*more: dict[str, object], weathers: Sequence[str] = ()) -> list[Scene]:
    """A picture for each change of the girl."""
    return [
        Scene.model_validate(
            {
                "setting": {"kind": "park", "weather": weathers[at] if weathers else "clear"},
                "people": [{**GIRL, "pose": ("stand", "wave", "run")[at % 3], **each}],
                "props": [{"id": "place.bench", "kind": "park bench"}],
            }
        )
        for at, each in enumerate(more)
    ]


def test_weather_and_poses_change_nobody(watched: Watched) -> None:
    scenes = pictures_of({}, {}, {}, weathers=("clear", "rain", "clear"))
    people = watched.story(scenes, 3)
    assert len({each.light for each in people["girl"]}) == 2
    assert unlike(people) == []


CHANGES: dict[str, dict[str, object]] = {
    "hair": {"hair": {"style": "ponytail", "colour": "blonde"}},
    "skin": {"skin": "brown"},
    "shoes": {"attire": [COAT, {"kind": "boots", "colour": "yellow"}]},
    "clothes": {"attire": [{"kind": "coat", "colour": "navy"}, BOOTS]},
    "body": {"age": "adult"},
}


def test_a_change_is_seen_in_the_drawing(watched: Watched) -> None:
    people = watched.story(pictures_of({}, *CHANGES.values()), 3)
    first, *others = people["girl"]
    found = [unlike({"girl": [first, each]}) for each in others]
    assert [each[0].split()[1] for each in found if each] == list(CHANGES)
