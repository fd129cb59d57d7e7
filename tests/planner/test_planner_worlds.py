"""World files: what is refused, with its file, its line and what to do."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from storypainter.errors import BadInput
from storypainter.planner.cells import known_in
from storypainter.planner.checking import check
from storypainter.planner.data_files import MAX_BYTES
from storypainter.planner.reading import Worlds, own_worlds, read_worlds

FIRST = "situations/first.toml"
PARK = "settings/park.toml"


def refused(folder: Path) -> str:
    with pytest.raises(BadInput) as error:
        check(read_worlds(folder))
    return str(error.value)


def spoil(folder: Path, file: str, old: str, new: str, count: int = 1) -> int:
    """Replace text in a file; the line (from 1) where it stood."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_small_world_is_read(small: Worlds) -> None:
    assert set(small.settings) == {"park"}
    assert {"nap", "laces", "giggler"} <= set(small.situations)


def test_our_own_worlds_are_sound() -> None:
    worlds = own_worlds()
    check(worlds)
    assert "park" in worlds.settings


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('pose = "kneel"', 'pose = "kneell"', "no pose 'kneell'; did you mean 'kneel'?"),
        ('prop = "string"', 'prop = "strin"', "no prop 'strin'; did you mean 'string'?"),
        ('face = "asleep", sits_on', 'face = "aslep", sits_on', "no expression 'aslep'"),
        ('sits_on = "bench"', 'sits_on = "bnch"', "'bnch'"),
        ('state = "open", near', 'state = "opened", near', "no state 'opened' of a 'book', only "),
        ('fact = "blind"\nof = "victim"', 'fact = "blnd"\nof = "victim"', "no fact 'blnd'"),
        ('of = "imp victim"', 'of = "imp"', "is about 2 (culprit victim)"),
        ('bond = "guardian"', 'bond = "gardian"', "no relationship has the bond 'gardian'"),
        ('feels = "mischievous"', 'feels = "mischief"', "no feeling 'mischief'"),
        (', feels = "mischievous"', "", "a mental state needs 'feels'"),
        ('holds = "lace"', 'holds = "laces"', "'laces' is no role or thing here"),
        ('feeling = "grin imp"', 'feeling = "grn imp"', "'grn' is no clue"),
        ('doing = "imp lace", feeling', "feeling", "no evidence for 'doing'"),
        ('feeling = "grin imp"', 'feeling = "imp"', "the clue 'grin' is evidence for nothing"),
        ("[lace: one of", "[lace one of", "a '[' without a clue's name"),
        ("{caller.his} brows", "{calle.his} brows", "'calle' is no role or thing here and no setting's slot; did you mean 'caller'?"),
        ('clues = "imp grin lace"', 'clues = "imp"', "nothing that is drawn carries"),
        ('clues = "turned phone frown"', 'clues = "turned phone frwn"', "'frown'"),
        ('kind = "secret"', 'kind = "secrt"', "Input should be"),
        ('main = true\n', 'main = true\nmian = true\n', "mian"),
        ('themes = "sleep rest"', 'themes = "sleep"\nexcludes = "lces"', "no situation 'lces'"),
        ('themes = "sleep rest"', 'themes = "sleep"\nexcludes = "laces.bow"', "'laces' has no image 'bow'"),
        ('themes = "sleep rest"', 'themes = "sleep"\nstrangers = "sleeper imp"', "no role 'imp'"),
        ('settings = "park"\ntell = """\n{sleeper} has', 'settings = "moon"\ntell = """\n{sleeper} has', "unknown setting"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_situation_is_named(folder: Path, old: str, new: str, what: str) -> None:
    spoil(folder, FIRST, old, new)
    message = refused(folder)
    assert what in message
    assert message.startswith(f"{FIRST}, line ")
    assert "docs/planner.md" in message


def test_a_look_for_no_setting_is_named(folder: Path) -> None:
    spoil(
        folder, "looks.toml", 'say = "in a straw hat"', 'say = "in a straw hat"\nwhere = "grasss"'
    )
    assert "no setting has the mark 'grasss'" in refused(folder)


def test_a_time_gives_facts_that_exist(folder: Path) -> None:
    spoil(folder, PARK, 'gives = "', 'gives = "luncheon ')
    assert "no fact 'luncheon'" in refused(folder)


def test_nothing_stands_on_what_bears_nothing(folder: Path) -> None:
    spoil(folder, FIRST, 'on = "rug"', 'on = "shoes"')
    assert "nothing can be on a 'slippers'" in refused(folder)


def test_the_line_is_the_line(folder: Path) -> None:
    line = spoil(folder, FIRST, 'imp = { pose = "kneel"', 'imp = { pose = "kneell"')
    assert f"line {line}:" in refused(folder)


def test_somebody_who_acts_has_a_pose(folder: Path) -> None:
    spoil(folder, FIRST, 'imp = { pose = "kneel", face', "imp = { face")
    assert "'imp' acts and has no pose" in refused(folder)


def test_a_pronoun_follows_its_noun(folder: Path) -> None:
    spoil(folder, FIRST, "and [eyes: {witness.his} eyes", "and [eyes: {culprit.his} eyes")
    assert "stands in its sentence before {culprit}" in refused(folder)


def test_what_doing_rests_on_is_always_told(folder: Path) -> None:
    spoil(folder, FIRST, 'doing = "imp lace"', 'doing = "imp lace grin"')
    assert "a sentence that can be left out" in refused(folder)


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('ink = "park"', 'ink = "prak"', "no setting 'prak'; did you mean 'park'?"),
        ('id = "old_woman"', 'id = "old_man"', "the cast has 'old_man' twice"),
        ('role = ["jogger"]', 'role = ["joggr"]', "no role 'joggr'"),
        ('"green uniform", "green', '"green uniforn", "green', "no garment 'green uniforn'"),
        ('anchor = "lawn", depth = "middle", clues', 'anchor = "law", clues', "no anchor of 'park'"),
        ("[clock: the clock over it", "the clock over it [x: late", "'clock' is marked nowhere"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_setting_is_named(folder: Path, old: str, new: str, what: str) -> None:
    spoil(folder, PARK, old, new)
    message = refused(folder)
    assert what in message
    assert message.startswith(f"{PARK}, line ")


def test_nothing_has_the_same_name_twice(folder: Path) -> None:
    copy = folder / "situations" / "second.toml"
    copy.write_bytes((folder / FIRST).read_bytes())
    assert refused(folder).startswith("situations/second.toml, line 3: situation 'nap' is in")


@pytest.mark.parametrize("text", ["#script (python)", "a #include b", "bell \\u0007"])
def test_a_world_carries_no_code(folder: Path, text: str) -> None:
    spoil(folder, FIRST, 'themes = "sleep rest"', f'themes = "{text}"')
    assert "a world holds data only" in refused(folder)


def test_broken_files_are_named(folder: Path) -> None:
    bad = folder / "bad.toml"
    bad.write_text("a = [", "utf-8")
    assert refused(folder).startswith("bad.toml: not TOML")
    bad.write_bytes(b"# \xff\n")
    assert refused(folder).startswith("bad.toml, line 1: not UTF-8")
    bad.write_bytes(b"#" * (MAX_BYTES + 1))
    assert "larger than" in refused(folder)
    bad.write_text("a = " + "[" * 5000, "utf-8")
    assert refused(folder).startswith("bad.toml")
    bad.unlink()
    (folder / "nothing.toml").symlink_to(folder / "nowhere")
    assert refused(folder).startswith("nothing.toml: can't be read")


def test_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    assert "can't be read" in refused(tmp_path / "none")


def test_the_setting_of_the_documentation_is_sound(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "planner.md").read_text("utf-8")
    section = page[page.index("## A setting") :]
    block = section.split("```toml\n")[1].split("```")[0]
    own = resources.files("storypainter.planner") / "worlds"
    shutil.copytree(str(own), tmp_path / "worlds")
    example = tmp_path / "worlds" / "settings" / "example.toml"
    example.write_text(block.replace('id = "park"', 'id = "example"', 1), "utf-8")
    worlds = read_worlds(tmp_path / "worlds")
    check(worlds)
    assert len(known_in(worlds, "example")) > 50
