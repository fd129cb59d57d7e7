"""Choosing planned stories: order, wishes, refusals."""

import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from storypainter.errors import BadInput
from storypainter.planner import VERSION, Plan, available, plan, themes
from storypainter.scene import Scene
from storypainter.story import Brief, Dimension, Story

ALL = available()
SEEDS = st.integers(-(2**63), 2**63 - 1)
ARTICLES = {"a", "an", "the", "some", "any", "s", "t"}


def ids(seed, brief=None):
    return [plan(seed, index, brief).story.id for index in range(available(brief))]


@settings(deadline=None)
@given(SEEDS)
def test_an_order_holds_every_story_once_and_is_the_same_again(seed):
    order = ids(seed)
    assert len(order) == len(set(order)) == ALL == 6
    assert [plan(seed, index).story.id for index in reversed(range(ALL))] == order[::-1]


def test_seeds_give_different_orders_and_any_story_first():
    orders = [tuple(ids(seed)) for seed in range(60)]
    assert len(set(orders)) > 40
    assert len({order[0] for order in orders}) == ALL


@settings(deadline=None)
@given(SEEDS, st.sampled_from(["family", "kindness", "dog"]))
def test_a_narrower_brief_keeps_the_order(seed, theme):
    some = ids(seed, Brief(theme=theme))
    assert some == [each for each in ids(seed) if each in some]


def test_another_process_gives_the_same_order():
    code = "from storypainter.planner import plan; print(*(plan(7, i).story.id for i in range(6)))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == ids(7)


def test_importing_the_planner_reads_no_world():
    code = (
        "import storypainter.planner\n"
        "from storypainter.planner.world import worlds\n"
        "assert worlds.cache_info().misses == 0\n"
        "storypainter.planner.themes()\n"
        "assert worlds.cache_info().misses == 1\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize("index", range(ALL))
def test_a_plan_is_consistent_and_survives_json(index):
    made = plan(3, index)
    assert Plan.from_json(made.to_json()) == made
    assert Story.from_json(made.story.to_json()) == made.story
    assert Scene.from_json(made.scene.to_json()) == made.scene
    used = {clue.id for chain in made.story.chains for clue in chain.clues}
    assert used == {clue for element in made.scene.elements for clue in element.clues}
    assert {chain.dimension for chain in made.story.chains} == set(Dimension)
    assert made.scene.setting.kind == made.world == "park"
    assert made.story.text.endswith(".")
    assert 110 <= made.story.words <= 165


def test_the_origin_tells_how_to_plan_it_again():
    origin = plan(11, 2, Brief(theme="family")).story.origin
    assert (origin.storyteller, origin.mode, origin.seed) == ("planner", "planned", 11)
    assert origin.parameters == {"version": VERSION, "world": "park", "index": 2}


@pytest.mark.parametrize(
    ("brief", "expected"),
    [
        (Brief(theme="dog"), {"park.sausage-contest", "park.grandmas-surprise"}),
        (Brief(theme="A story about dogs"), {"park.sausage-contest", "park.grandmas-surprise"}),
        (Brief(theme="ice-cream"), {"park.last-cone"}),
        (
            Brief(theme="kindness in the park"),
            {"park.forbidden-lawn", "park.last-cone", "park.sleeping-violinist"},
        ),
        (Brief(setting="a park in winter"), {"park.sleeping-violinist"}),
        (Brief(required=("a Violin",)), {"park.sleeping-violinist"}),
        (Brief(required=("umbrella", "old man")), {"park.forbidden-lawn"}),
        (Brief(theme="family", forbidden=("dogs", "kite")), {"park.wet-paint", "park.last-cone"}),
        (
            Brief(theme="kindness", language="en-GB", locale="en_GB", forbidden=("ranger",)),
            {"park.last-cone"},
        ),
    ],
)
def test_wishes_choose_stories(brief, expected):
    assert set(ids(1, brief)) == expected


def test_every_theme_that_is_offered_is_there():
    assert "wedding" in themes()
    assert list(themes()) == sorted(set(themes()))
    for theme in themes():
        assert available(Brief(theme=theme)) >= 1


TOLD = {
    plan(0, i).story.id: re.findall(r"[a-z]+", plan(0, i).story.text.lower()) for i in range(ALL)
}


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(sorted({word for words in TOLD.values() for word in words} - ARTICLES)))
def test_what_is_forbidden_is_never_told(word):
    for forbidden in (word, f"the {word.upper()}"):
        for left in ids(0, Brief(forbidden=(forbidden,))):
            assert word not in TOLD[left]


@settings(deadline=None)
@given(st.text(max_size=12), st.sampled_from(["theme", "setting", "required", "forbidden"]))
def test_any_wish_is_counted_or_refused(wish, field):
    try:
        brief = Brief(**{field: wish if field in ("theme", "setting") else (wish,)})
        count = available(brief)
    except (BadInput, ValidationError):
        return
    assert len(set(ids(0, brief))) == count <= ALL


@pytest.mark.parametrize("field", ["people", "audience", "style", "richness"])
def test_what_cannot_be_honoured_is_refused(field):
    value = {"people": ("a clown",), "richness": "sparse"}.get(field, "noir")
    for ask in (lambda brief: plan(1, 0, brief), available):
        with pytest.raises(BadInput, match=f"can't honour the brief's '{field}'") as caught:
            ask(Brief(**{field: value}))
        assert "language model" in caught.value.hint


@pytest.mark.parametrize(
    ("brief", "complaint"),
    [
        (Brief(language="French"), "English only, not in 'French'"),
        (Brief(language="fr"), "English only"),
        (Brief(locale="ja-JP"), "locale 'ja-JP', only en-GB"),
        (Brief(theme="the"), "theme 'the' names nothing"),
        (Brief(required=("the",)), "required item 'the' names nothing"),
        (Brief(forbidden=("!",)), "forbidden item '!' names nothing"),
        (Brief(theme="submarine"), "none meets the theme 'submarine'"),
        (Brief(setting="kitchen"), "none meets the setting 'kitchen'"),
        (Brief(required=("a unicorn",)), "none meets the required 'a unicorn'"),
        (Brief(theme="dog", forbidden=("dogs",)), "the forbidden 'dogs', of the 2 that meet"),
    ],
)
def test_a_brief_that_leaves_nothing_is_refused_in_one_line(brief, complaint):
    with pytest.raises(BadInput) as caught:
        plan(1, 0, brief)
    assert complaint in caught.value.message
    assert caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_misspelt_theme_is_met_with_a_guess():
    with pytest.raises(BadInput) as caught:
        plan(1, 0, Brief(theme="wedings"))
    assert "did you mean 'wedding'?" in caught.value.hint


def test_available_is_zero_where_nothing_suits():
    assert available(Brief(theme="submarine")) == 0


def test_more_items_than_stories_are_refused_with_the_number():
    with pytest.raises(BadInput, match="item 7 can't be planned: only 6 stories suit") as caught:
        plan(1, 6)
    assert "language model" in caught.value.hint
    with pytest.raises(BadInput, match="only 1 story suits"):
        plan(1, 1, Brief(theme="wedding"))


def test_a_negative_index_is_refused():
    with pytest.raises(BadInput, match="-1"):
        plan(1, -1)
