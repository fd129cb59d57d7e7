"""Reading a world file, and refusing one that breaks a rule."""

from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.planner.world import MAX_BYTES, World, parse_world, read_world, worlds

PARK = (resources.files("storypainter.planner") / "worlds" / "park.toml").read_text("utf-8")


def changed(old, new):
    """The park with the first ``old`` replaced, parsed."""
    assert old in PARK
    return parse_world(PARK.replace(old, new, 1).encode(), "park.toml")


def test_the_embedded_world_is_read_once_and_survives_json():
    (park,) = worlds()
    assert worlds()[0] is park
    assert World.from_json(park.to_json()) == park


def test_marks_become_plain_text():
    story = worlds()[0].story[0]
    assert "[" in story.text
    assert not set("[]()\n") & set(story.plain)
    assert story.marked == set(story.clues)


def test_chains_carry_their_clues_written_out_and_ids_by_dimension():
    story = worlds()[0].story[0]
    chains = story.story_chains()
    assert len({chain.id for chain in chains}) == len(chains)
    cause = next(c for c in chains if c.id == "event_causal_relationship-2")
    assert [clue.id for clue in cause.clues] == ["sign", "coffee", "newspaper"]
    assert cause.clues[0].text == story.clues["sign"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('clues = ["notice", "clock"]', 'clues = ["notice", "clok"]', "unknown clue 'clok'"),
        ("(boy)", "(girl)", "unknown clue 'girl'"),
        ('\nclues = ["boy"]\n', '\nclues = ["toy"]\n', "unknown clue 'toy'"),
        ("[a red ball](ball)", "a red ball", "'ball' is marked nowhere"),
        ("[a red ball](ball)", "[a red ball] (ball)", "bracket is left over"),
        ('\nclues = ["ball"]\n', "\n", "'ball' is carried by no element"),
        ('clues = ["notice", "clock"]', 'clues = ["notice"]', "'clock' is used by no chain"),
        ('clues = ["notice", "clock"]', 'clues = ["clock"]', "connects the clue 'clock'"),
        ('clues = ["notice", "clock"]', 'clues = ["clock", "clock"]', "'clock' is listed twice"),
        ('clues = ["notice", "clock"]', 'because = ["clock"]', "needs 'clues' only"),
        ('because = ["ball"]', 'because = ["newspaper"]', "causes run in a circle"),
        ('because = ["ball"]', 'clues = ["ball"]', "needs 'because' and 'therefore'"),
        ('because = ["ball"]', 'because = ["sign"]', "'sign' is listed twice"),
        ("She is late by a page or two. ", "Then " * 30, "a story has 110 to 165"),
        ('dimension = "time"', 'dimension = "weather"', "chains[0].dimension"),
        ('id = "boy"', 'id = "bride"', "the id 'bride' is used twice"),
        ('gaze = "newspaper"', 'gaze = "magazine"', "no element 'magazine'"),
        ('pose = "read"', 'pose = "read"\nmood = "calm"', "Extra inputs are not permitted"),
        ('ball = "a red ball rests', 'ball = "a red ball -> rests', "'->'"),
        ('"The young woman is the bride."', '"#script (python) x #end"', "solver directive"),
        ('"The young woman is the bride."', '"\\u001b[31m"', "control character"),
    ],
)
def test_a_broken_story_is_refused_by_name(old, new, complaint):
    with pytest.raises(BadInput) as caught:
        changed(old, new)
    assert caught.value.message.startswith("park.toml: story 'wet-paint'")
    assert complaint in caught.value.message
    assert "\n" not in str(caught.value)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("format = 1", "format = 2", "park.toml: format:"),
        ('language = "en"', 'language = "fr"', "park.toml: language:"),
        ('language = "en"', 'language = "en"\nmood = "calm"', "mood: Extra inputs"),
        ('kind = "park", time', 'kind = "kitchen", time', "'wet-paint' is set in 'kitchen'"),
        ('id = "last-cone"', 'id = "wet-paint"', "two stories have the id 'wet-paint'"),
    ],
)
def test_a_broken_world_is_refused(old, new, complaint):
    with pytest.raises(BadInput) as caught:
        changed(old, new)
    assert complaint in caught.value.message


def test_broken_toml_is_refused_with_its_line():
    with pytest.raises(BadInput, match=r"^park\.toml: not TOML: .*line 3"):
        parse_world(b'format = 1\nsetting = "park"\nlanguage = \n', "park.toml")


def test_a_clue_written_twice_is_refused_with_its_line():
    with pytest.raises(BadInput, match=r"not TOML: .*line \d+"):
        changed('ball = "a red', 'sign = "again"\nball = "a red')


def test_text_that_is_not_utf8_is_refused_with_its_line():
    with pytest.raises(BadInput, match="line 2 is not UTF-8"):
        parse_world(b'format = 1\nsetting = "p\xe4rk"\n', "park.toml")


def test_deep_nesting_is_refused():
    with pytest.raises(BadInput, match=r"^park\.toml: "):
        parse_world(b"story = " + b"[" * 100_000, "park.toml")


def test_a_file_that_is_too_large_is_refused(tmp_path):
    path = tmp_path / "huge.toml"
    path.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(BadInput, match=r"^huge\.toml: larger than"):
        read_world(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadInput, match=r"^nowhere\.toml: can't be read"):
        read_world(tmp_path / "nowhere.toml")


def test_a_world_is_read_from_a_path(tmp_path):
    path = tmp_path / "park.toml"
    path.write_text(PARK, "utf-8")
    assert read_world(path) == worlds()[0]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw):
    with pytest.raises(BadInput):
        parse_world(raw, "noise.toml")


@given(
    field=st.sampled_from(["id", "text", "clues", "chains", "scene", "themes"]),
    value=st.integers() | st.booleans(),
)
def test_a_field_of_the_wrong_type_is_refused(field, value):
    toml = str(value).lower()
    raw = f'format = 1\nsetting = "park"\nlanguage = "en"\nlocale = "en-GB"\n[[story]]\n{field} = {toml}\n'
    with pytest.raises(BadInput, match=r"^x\.toml: story"):
        parse_world(raw.encode(), "x.toml")


@pytest.mark.parametrize(
    "raw", ["story = 3", "[story]\nid = 'a'", "story = [1, 2]", "story = []", ""]
)
def test_stories_of_the_wrong_shape_are_refused(raw):
    head = 'format = 1\nsetting = "park"\nlanguage = "en"\nlocale = "en-GB"\n'
    with pytest.raises(BadInput, match=r"^x\.toml: story"):
        parse_world((head + raw).encode(), "x.toml")
