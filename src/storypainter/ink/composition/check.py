"""Checks a Scene against what ink can draw, before anything is drawn.

The first wrong word is named with its place in the Scene and, where there is one, the nearest
right word: ``props[2].kind: no prop "kyte"; did you mean "kite"?``.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from storypainter.errors import BadInput
from storypainter.ink.boards.signs import letter
from storypainter.ink.catalogue import ANIMALS, BOARDS, PROPS, stand_in_words
from storypainter.ink.composition.units import grounded_hold, held_ids
from storypainter.ink.drawing.palette import colour
from storypainter.ink.people.vocabulary import FIGURE_VOCABULARY
from storypainter.ink.props import openmoji
from storypainter.ink.props.prop import PropKind
from storypainter.ink.settings import KITS
from storypainter.scene import Element, Person, Prop, Scene, Sign

MOST_PEOPLE = 12
#: Whose pictures may stand in for props that ink lacks.
STAND_INS = ("openmoji",)


def check_scene(scene: Scene, *, stand_ins: str = "") -> None:
    """Check that ink can draw every word of a Scene.

    Args:
        scene: what is to be drawn.
        stand_ins: ``openmoji`` where its pictures may stand in for props that ink lacks.

    Raises:
        BadInput: the first word that ink does not know, with its place and the nearest one;
            MissingExtra: the pictures that may stand in are not installed.
    """
    things = _known_props(stand_ins)
    kit = KITS.get(scene.setting.kind)
    if kit is None:
        raise _unknown("setting.kind", "setting", scene.setting.kind, KITS)
    anchors = kit.anchors
    if len(scene.people) > MOST_PEOPLE:
        raise BadInput(
            f"people: {len(scene.people)} people; ink has room for {MOST_PEOPLE}",
            "leave out those who carry no clue",
        )
    for index, person in enumerate(scene.people):
        _check_person(f"people[{index}]", person)
    for index, animal in enumerate(scene.animals):
        where = f"animals[{index}]"
        _need(f"{where}.species", "animal", animal.species, ANIMALS)
        _need(
            f"{where}.pose",
            f"{animal.species} pose",
            animal.pose,
            (*ANIMALS[animal.species].poses, "stand"),
        )
        _need_colour(f"{where}.colour", animal.colour)
    for index, prop in enumerate(scene.props):
        _check_prop(f"props[{index}]", prop, things)
    for index, sign in enumerate(scene.signs):
        _check_sign(f"signs[{index}]", sign, scene.setting.locale)
    groups: dict[str, tuple[Element, ...]] = {
        "people": scene.people,
        "animals": scene.animals,
        "props": scene.props,
        "signs": scene.signs,
    }
    for name, group in groups.items():
        for index, element in enumerate(group):
            _check_place(f"{name}[{index}]", element, scene, anchors)


def _check_person(where: str, person: Person) -> None:
    words = FIGURE_VOCABULARY
    _need(f"{where}.pose", "pose", person.pose, words["poses"])
    _need(f"{where}.expression", "expression", person.expression, words["expressions"])
    _need(f"{where}.hair.style", "hair style", person.hair.style, words["hair"])
    if person.hair.beard is not None:
        _need(f"{where}.hair.beard", "beard", person.hair.beard, words["beards"])
    if person.skin not in words["skins"]:
        _need_colour(f"{where}.skin", person.skin)
    if person.hair.colour not in words["hair_colours"]:
        _need_colour(f"{where}.hair.colour", person.hair.colour)
    for index, garment in enumerate(person.attire):
        _need(f"{where}.attire[{index}].kind", "garment", garment.kind, words["attire"])
        _need_colour(f"{where}.attire[{index}].colour", garment.colour)


def _known_props(stand_ins: str) -> Iterable[str]:
    """The words for props: ours, and those that others' pictures may stand in for."""
    if not stand_ins:
        return PROPS
    if stand_ins not in STAND_INS:
        raise BadInput(f'no stand-ins "{stand_ins}"', f"use one of: {', '.join(STAND_INS)}")
    openmoji.check_installed()
    return (*PROPS, *stand_in_words())


def _check_prop(where: str, prop: Prop, known: Iterable[str]) -> None:
    _need(f"{where}.kind", "prop", prop.kind, known)
    if prop.state is not None:
        _need(f"{where}.state", f"{prop.kind} state", prop.state, PROPS[prop.kind].states)
    _need_colour(f"{where}.colour", prop.colour)
    for line in prop.text.splitlines():
        letter(line)


def _check_sign(where: str, sign: Sign, locale: str) -> None:
    _need(f"{where}.kind", "sign", sign.kind, BOARDS)
    if sign.state is not None:
        _need(f"{where}.state", f"{sign.kind} state", sign.state, BOARDS[sign.kind].states)
    if "clock" in sign.kind and sign.time is None:
        raise BadInput(f'{where}.time: {sign.kind} needs a time, such as "9:55"', "give it one")
    text = sign.text or sign.date or ""
    for line in text.splitlines():
        letter(line, locale=locale, whole=text)


def _check_place(where: str, element: Element, scene: Scene, anchors: Iterable[str]) -> None:
    place = element.place
    if place.anchor is not None:
        _need(f"{where}.place.anchor", "anchor", place.anchor, anchors)
    props = {prop.id: prop for prop in scene.props}
    held = held_ids(scene)
    carriers = {"place.on": ("surface", place.on)}
    if isinstance(element, Person):
        carriers |= {
            "sits_on": ("seats", element.sits_on),
            "stands_on": ("surface", element.stands_on),
            "lies_on": ("berth", element.lies_on),
        }
        for index, hold in enumerate(element.holds):
            others = {each.id for each in scene.animals}
            others |= {sign.id for sign in scene.signs if "held" in BOARDS[sign.kind].mounts}
            _check_hold(f"{where}.holds[{index}]", hold.what, props, others)
    for field, (way, carrier) in carriers.items():
        prop = props.get(carrier or "")
        if prop is not None and prop.id in held and not grounded_hold(scene, prop):
            raise BadInput(
                f"{where}.{field}: nothing can be on {prop.id!r}, which is in a hand",
                "put one of them down",
            )
        if carrier is None or (prop is not None and _bears(PROPS[prop.kind], way)):
            continue
        named = f"a {prop.kind}" if prop else repr(carrier)
        able = ", ".join(sorted(word for word, kind in PROPS.items() if _bears(kind, way)))
        raise BadInput(f"{where}.{field}: nothing can be on {named}", f"use one of: {able}")


def _bears(kind: PropKind, way: str) -> bool:
    """Whether a prop has a ``surface``, ``seats`` or a ``berth``; people sit on surfaces too."""
    return getattr(kind, way) is not None or (way != "surface" and kind.surface is not None)


def _check_hold(where: str, what: str, props: dict[str, Prop], others: set[str]) -> None:
    if what in others:
        return
    prop = props.get(what)
    if prop is None or not PROPS[prop.kind].grips:
        named = f"a {prop.kind}" if prop else repr(what)
        raise BadInput(
            f"{where}: {named} cannot be held", "hold a prop that has a grip, or an animal"
        )


def _need(where: str, what: str, word: str, known: Iterable[str]) -> None:
    words = list(known)
    if word not in words:
        raise _unknown(where, what, word, words)


def _need_colour(where: str, word: str | None) -> None:
    if word is None:
        return
    try:
        colour(word)
    except BadInput as error:
        raise BadInput(f'{where}: no colour "{word}"', error.hint) from None


def _unknown(where: str, what: str, word: str, known: Iterable[str]) -> BadInput:
    words = sorted(known)
    near = difflib.get_close_matches(word, words, n=1, cutoff=0.5)
    guess = f'; did you mean "{near[0]}"?' if near else ""
    shown = ", ".join(words[:40]) + (", …" if len(words) > 40 else "")
    return BadInput(f'{where}: no {what} "{word}"{guess}', f"use one of: {shown}")
