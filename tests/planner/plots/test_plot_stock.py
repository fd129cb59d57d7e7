"""Files of events: ours are sound, a mistake in any is refused with its file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from storypainter.errors import BadInput
from storypainter.planner.data_files import MAX_BYTES
from storypainter.planner.plots.checking import check
from storypainter.planner.plots.reading import Stock, read_stock
from storypainter.planner.reading import Worlds


def spoil(events: Path, old: str, new: str, name: str = "caught.toml") -> None:
    text = (events / name).read_text("utf-8")
    assert old in text
    (events / name).write_text(text.replace(old, new, 1), "utf-8")


def test_our_events_are_sound(stock: Stock, worlds: Worlds) -> None:
    check(stock, worlds)


def test_every_narrative_has_two_wordings(stock: Stock) -> None:
    """Which says something of our data: a single wording makes a set monotonous."""
    single = [
        each.id
        for each in stock.events.values()
        if all("||" not in line for line in each.tell.splitlines())
    ]
    assert len(single) <= 0.35 * len(stock.events)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('beat = "trouble"', 'beat = "disaster"', r"caught.toml, line \d+: event.beat"),
        ('"holds(owner, toy)"', '"holds owner"', "is no fact"),
        ('"in_tree(toy)"', '"on_mars(toy)"', "no fact 'on_mars'"),
        ('"in_tree(toy)"', '"in_tree(toy, owner)"', "is about thing"),
        ('"in_tree(toy)"', '"in_tree(owner)"', "no thing 'owner'"),
        ('pose = "hands up"', 'pose = "hands upp"', "no pose 'hands upp'"),
        ('face = "shocked"', 'face = "shockd"', "no face 'shockd'"),
        ('things = { toy = "flyer" }', 'things = { toy = "flier" }', "no thing or class 'flier'"),
        ('pieces = "tree"', 'pieces = "treee"', "no piece 'treee'"),
        ("{toy.slipped}", "{toy.slid}", "has no word 'slid'"),
        ("{owner.s} hand", "{ownr.s} hand", "'ownr'"),
        ("{owner.s} hand", "{owner.s hand", "is no mention|unclosed"),
        ('near = "tree" }', 'near = "bush" }', "nothing is called 'bush'"),
        ('gaze = "toy"', 'gaze = "moon"', "nothing is called 'moon'"),
        ('look = "toy"', 'look = "moon"', "nobody and nothing is called 'moon'"),
        ('face = "shocked", gaze', 'face = "shocked", wear = ["hat"], gaze', "nobody changes clothes"),
        ('id = "wind_takes_it"', 'id = "carry_it"', "is in caught.toml already"),
        ('vain = true', 'vain = true\naccepts = ["in_tree(toy)"]', "only an ending accepts"),
        ('does = { owner = "throws', 'does = { nobody = "x", owner = "throws', "nobody is called"),
        ('people = { owner = "child" }', 'people = { owner = "baby" }', "people"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused(events: Path, worlds: Worlds, old: str, new: str, says: str) -> None:
    text = (events / "caught.toml").read_text("utf-8")
    assert old in text
    at = (
        text.index('id = "wind_takes_it"')
        if old in text[text.index('id = "wind_takes_it"') :]
        else 0
    )
    (events / "caught.toml").write_text(text[:at] + text[at:].replace(old, new, 1), "utf-8")
    with pytest.raises(BadInput, match=says) as caught:
        check(read_stock(events), worlds)
    assert "caught.toml, line " in str(caught.value)


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("facts.toml", 'group = "place"\nkey = 1', 'group = "place"\nkey = 3', "key"),
        ("facts.toml", 'now = "{person} has {thing}"', 'now = "{person} has {other}"', "not about other"),
        ("things.toml", 'prop = "kite"', 'prop = "kyte"', "no prop 'kyte'"),
        ("things.toml", 'usual = "stuck"', 'usual = "stuckk"', "no state 'stuckk'"),
        ("things.toml", 'colours = "red blue yellow green orange"', 'colours = "redd"', "no colour"),
        ("things.toml", 'usual = "stuck"', 'flown = "stuck"', "no fact 'flown'"),
        ("places.toml", 'setting = "park"', 'setting = "parc"', "no such setting|no place"),
        ("places.toml", 'anchor = "tree"', 'anchor = "treee"', "has no 'treee'"),
    ],
)  # fmt: skip
def test_a_mistake_in_what_events_share_is_refused(
    events: Path, worlds: Worlds, name: str, old: str, new: str, says: str
) -> None:
    spoil(events, old, new, name)
    with pytest.raises(BadInput, match=says) as caught:
        check(read_stock(events), worlds)
    assert f"{name}, line " in str(caught.value)


def test_broken_files_are_refused(events: Path) -> None:
    for content, says in (
        (b"[[event]\n", "not TOML"),
        (b"\xff\xfe", "line 1: not UTF-8"),
        (b"x = " + b"[" * 50_000, "nested too deeply|not TOML"),
        (b"#" * (MAX_BYTES + 1), "larger than"),
        (b'x = "a\\u0007b"\n', "control character"),
        (b'x = "#script (python)"\n', "solver directive"),
    ):
        (events / "zz.toml").write_bytes(content)
        with pytest.raises(BadInput, match=says):
            read_stock(events)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="can't be read"):
        read_stock(tmp_path / "nowhere")
