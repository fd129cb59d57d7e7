"""Clues erased from an SVG file: their groups are gone, and only what they carried falls."""

from __future__ import annotations

import functools

from alignment_erasing import SORTS, audits_agree, erased, erasures, groups_of

from storypainter.evaluators.key_points import Point, from_chains
from storypainter.ink import paint_scene
from storypainter.ink.files.svg_files import read_svg
from storypainter.ink.files.svg_regions import regions_of_svg
from storypainter.scene import Hold, Person, Place, Prop, Scene, Setting, Sign
from storypainter.story import Chain, Clue, Dimension, Story

SCENE = Scene(
    setting=Setting(kind="park"),
    people=(
        Person(id="girl", role="girl", age="child", gender="female", clues=("held",),
               holds=(Hold(what="gift"),)),
    ),
    props=(
        Prop(id="gift", kind="gift box", clues=("held",)),
        Prop(id="bench", kind="park bench", clues=("seat",)),
    ),
    signs=(Sign(id="board", text="KEEP OUT", clues=("board",), place=Place(side="right")),),
)  # fmt: skip
STORY = Story(
    id="s",
    text="A girl holds a parcel beside a bench. KEEP OUT, says a sign.",
    chains=(
        Chain(
            dimension=Dimension.EVENT,
            clues=(
                Clue(text="the girl holds a parcel", id="held"),
                Clue(text="a bench stands there", id="seat"),
                Clue(text="a sign says KEEP OUT", id="board"),
            ),
            conclusion="The girl waits.",
        ),
    ),
)


@functools.cache
def drawn():
    return paint_scene(SCENE, width=512, height=512)


@functools.cache
def found(sort: str):
    return erasures(SCENE, drawn().svg, clues(), SORTS[sort])


def clues() -> list[Point]:
    return [point for point in from_chains(STORY).points if point.is_clue]


def test_the_groups_of_a_file_carry_clues_and_hold_others():
    groups = {group.element: group for group in groups_of(read_svg(drawn().svg.encode()))}
    assert set(groups) == {"girl", "gift", "bench", "board"}
    assert groups["bench"].clues == {"seat"}
    assert "gift" in groups["girl"].within  # what she holds is drawn inside her group


def test_an_erased_group_has_no_region_and_the_others_keep_theirs():
    drawing = read_svg(drawn().svg.encode())
    before = {region.element: region for region in regions_of_svg(drawing)}
    after = {region.element: region for region in regions_of_svg(erased(drawing, ["bench"]))}
    assert set(before) - set(after) == {"bench"}
    for name, region in after.items():
        assert region.visible >= before[name].visible - 0.01


def test_erasing_a_clues_things_fells_that_clue_alone():
    assert found("things")["own"] == [3, 3]
    assert found("things")["others"] == [0, 6]
    assert found("things")["erasures"] == 3


def test_erasing_a_sign_makes_it_unreadable():
    assert found("things")["own_signs"] == [1, 1]
    assert found("things")["other_signs"] == [0, 0]


def test_erasing_a_person_erases_what_is_held():
    assert found("people")["own"] == [1, 1]
    assert found("people")["others"] == [0, 2]


def test_both_audits_of_an_unedited_picture_give_the_same_answers():
    assert audits_agree(drawn().regions, drawn().svg, SCENE, clues()) == {"same": [3, 3]}
