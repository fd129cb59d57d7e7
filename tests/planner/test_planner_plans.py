"""Plans: sound, reproducible, spread, and what wishes do to them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.plan_checker import breaches
from storypainter.errors import BadInput
from storypainter.planner import plan
from storypainter.planner.cells import cells, known_in
from storypainter.planner.planning import make, own_worlds, story_of
from storypainter.planner.reading import Worlds
from storypainter.planner.world import Situation
from storypainter.pools.wording import mentions
from storypainter.story import Brief, Chain, Dimension, Story
from storypainter.vocabulary import painter_vocabulary


def small_story(small: Worlds, seed: int, index: int, **wishes: object) -> Story:
    made = make(small, seed, index, Brief.model_validate(wishes))
    return story_of(small, made, seed, index)


def clues(story: Story) -> set[str | None]:
    return {clue.id for chain in story.chains for clue in chain.clues}


def of(story: Story, dimension: Dimension) -> list[Chain]:
    return [chain for chain in story.chains if chain.dimension is dimension]


@given(st.integers(0, 2**31), st.integers(0, 40))
@settings(max_examples=20, deadline=None)
def test_a_plan_of_the_small_world_is_sound(small: Worlds, seed: int, index: int) -> None:
    made = make(small, seed, index, Brief())
    assert breaches(story_of(small, made, seed, index), made.scene) == []


@given(st.integers(0, 2**31), st.integers(0, 200))
@settings(max_examples=20, deadline=None)
def test_a_plan_of_our_worlds_is_sound(seed: int, index: int) -> None:
    made = plan(seed, index)
    assert breaches(made.story, made.scene) == []
    assert 80 <= made.story.words <= 185


def test_the_same_arguments_give_the_same_plan() -> None:
    plan.cache_clear()
    one = plan(7, 5)
    plan.cache_clear()
    for index in (9, 2, 5):
        other = plan(7, index)
    assert one == other


def test_another_process_gives_the_same_plans() -> None:
    """The order of sets differs from process to process and must decide nothing."""
    code = (
        "from storypainter.planner import plan\n"
        "from storypainter.value import content_hash\n"
        "print(content_hash([plan(0, k).to_plain() for k in range(6)]))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "3")
    }
    assert len(found) == 1


def test_seeds_differ() -> None:
    assert len({plan(seed, 0).story.text for seed in range(6)}) == 6


def test_no_two_items_share_setting_and_main_situation_while_others_are_left() -> None:
    worlds = own_worlds()
    order = cells(worlds, 3)
    assert len({(cell.setting, cell.main) for cell in order}) == len(order)
    mains = sum(s.main for each in worlds.settings for s, _ in known_in(worlds, each))
    assert len(order) == mains


def test_settings_take_turns() -> None:
    worlds = own_worlds()
    first = cells(worlds, 3)[: len(worlds.settings)]
    assert len({cell.setting for cell in first}) == len(worlds.settings)


def test_exact_counts(small: Worlds) -> None:
    for number in (10, 12, 14):
        assert len(clues(small_story(small, 1, 0, clues=number))) == number
    story = small_story(small, 1, 0, chains=11, causal=2)
    assert len(story.chains) == 11
    assert len(of(story, Dimension.EVENT_CAUSAL_RELATIONSHIP)) == 2


def test_minima(small: Worlds) -> None:
    for dimension in (Dimension.TIME, Dimension.MENTAL_STATE, Dimension.CHARACTER_ROLE):
        story = small_story(small, 2, 0, at_least=[f"{dimension.value}=1"])
        assert of(story, dimension)


def test_people_by_number_and_by_noun(small: Worlds) -> None:
    made = make(small, 4, 0, Brief(people=("3", "a park keeper")))
    assert len(made.scene.people) == 3
    assert "park keeper" in {person.role for person in made.scene.people}


def test_what_is_required_is_told_and_what_is_forbidden_is_nowhere(small: Worlds) -> None:
    for seed in range(8):
        made = make(small, seed, 0, Brief(required=("phone",), forbidden=("dungarees", "cap")))
        assert mentions(made.told.text, "phone")
        assert not mentions(made.told.text, "dungarees")
        worn = {garment.kind for person in made.scene.people for garment in person.attire}
        assert not worn & {"cap", "flat cap"}


def test_a_theme_and_a_setting_are_met(small: Worlds) -> None:
    assert "nap" in make(small, 0, 0, Brief(theme="a story about sleep")).draft.images
    made = make(small, 0, 0, Brief(setting="the park at noon"))
    assert made.scene.setting.time_of_day == "noon"


def test_nobody_lies_on_wet_grass(small: Worlds) -> None:
    def weathers(worlds: Worlds) -> set[str]:
        found = set()
        for seed in range(30):
            draft = make(worlds, seed, 0, Brief(theme="sleep")).draft
            if draft.images["nap"] == "under_hat":
                found.add(draft.scene["weather"])
        return found

    rain = small.settings["park"].time[0].model_copy(update={"weather": "rain"})
    park = small.settings["park"].model_copy(update={"time": (rain,), "marks": ("outdoors",)})
    dry = park.model_copy(update={"marks": ()})
    assert "rain" not in weathers(replace(small, settings={"park": park}))
    assert "rain" in weathers(replace(small, settings={"park": dry}))


def test_a_situation_needs_a_person_for_every_part(small: Worlds) -> None:
    """One child can't be both children of a situation."""
    roles = {"imp": {"ages": ["child"]}, "victim": {"ages": ["child"], "bears": True}}
    other = changed(small, "laces", roles=roles)
    park = other.settings["park"]
    children = [member for member in park.cast if member.age == "child"]
    one = tuple(m for m in park.cast if m.age != "child" or m is children[0])
    alone = replace(other, settings={"park": park.model_copy(update={"cast": one})})
    assert "laces" not in {situation.id for situation, _ in known_in(alone, "park")}
    assert "laces" in {situation.id for situation, _ in known_in(other, "park")}


def changed(worlds: Worlds, situation: str, **fields: object) -> Worlds:
    """The worlds with some fields of a situation changed."""
    plain = worlds.situations[situation].model_dump(mode="json") | fields
    other = Situation.model_validate(plain)
    return replace(worlds, situations={**worlds.situations, situation: other})


def test_what_excludes_an_image_leaves_the_others(small: Worlds) -> None:
    """``excludes = "nap.open_book"``: the witness still meets the nap's other image."""
    other = changed(small, "giggler", excludes=("nap.open_book",))
    pairs = []
    for seed in range(12):
        images = make(other, seed, 0, Brief(theme="sleep")).draft.images
        pairs.append((images["nap"], "giggler" in images))
    assert ("under_hat", True) in pairs
    assert ("open_book", True) not in pairs


def test_strangers_are_in_no_relationship(small: Worlds) -> None:
    def kin(worlds: Worlds) -> int:
        count = 0
        for seed in range(20):
            draft = make(worlds, seed, 0, Brief(theme="laughter")).draft
            pair = {draft.parts["giggler", "witness"], draft.parts["giggler", "culprit"]}
            count += any(pair == {a, b} for _, a, b, _ in draft.bonds)
        return count

    free = changed(small, "laces", bonds=())
    assert kin(free) > 0
    apart = changed(free, "giggler", strangers=("witness", "culprit"))
    assert kin(apart) == 0


def test_a_look_keeps_to_its_settings(small: Worlds) -> None:
    indoors = tuple(
        each.model_copy(update={"unless": ("outdoors",)}) if "straw hat" in each.wear else each
        for each in small.looks
    )
    marked = small.settings["park"].model_copy(update={"marks": ("outdoors",)})
    other = replace(small, looks=indoors, settings={"park": marked})

    def looks(worlds: Worlds) -> set[str]:
        made = [make(worlds, seed, 0, Brief()) for seed in range(25)]
        return {look.say for each in made for look in each.choices.look.values() if look}

    assert "in a straw hat" in looks(small)
    assert "in a straw hat" not in looks(other)


@pytest.mark.parametrize(
    ("wishes", "message"),
    [
        ({"required": ["zebra"]}, "none has the required 'zebra'"),
        ({"setting": "the moon"}, "settings are park"),
        ({"theme": "slep"}, "did you mean 'sleep'?"),
        ({"people": ["astronaut"]}, "none has the person 'astronaut'"),
        ({"clues": 59}, "none has 59 clues"),
        (
            {"required": ["phone"], "at_least": ["time=1"], "people": ["boy"]},
            "contradict each other: the required 'phone' and at least 1 in time",
        ),
        (
            {"theme": "phone sleep", "people": ["girl"]},
            "none has the theme 'phone sleep'",
        ),
        ({"language": "de"}, "in English only"),
        ({"audience": "martians"}, "doesn't know the audience"),
        ({"theme": "the"}, "names nothing"),
        ({"at_least": ["mind=2"]}, "is no minimum of a Dimension"),
        ({"at_least": ["mental_stat=2"]}, "did you mean mental_state=2?"),
    ],
)
def test_an_impossible_wish_is_refused_by_the_smallest_set(
    small: Worlds, wishes: dict[str, object], message: str
) -> None:
    with pytest.raises(BadInput) as error:
        make(small, 0, 0, Brief.model_validate(wishes))
    assert message in str(error.value)


def test_an_index_counts_from_nought() -> None:
    with pytest.raises(BadInput, match="count from 0"):
        plan(0, -1)


def test_ids_run_from_story_to_scene(small: Worlds) -> None:
    made = make(small, 0, 0, Brief())
    carried = {clue for element in made.scene.elements for clue in element.clues}
    assert carried == set(made.told.clues)


def test_people_can_stand_on_every_seat_that_a_setting_offers() -> None:
    """A situation puts somebody on the seat of the setting, whichever that is."""
    surfaces = painter_vocabulary().surfaces
    offered = {
        (setting.id, thing.draw.prop)
        for setting in own_worlds().settings.values()
        for thing in setting.slot.get("seat", ())
        if thing.draw.prop
    }
    assert offered
    assert {each for each in offered if each[1] not in surfaces} == set()
