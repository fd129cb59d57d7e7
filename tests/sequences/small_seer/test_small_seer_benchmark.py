from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import small_seer
from hypothesis import given
from hypothesis import strategies as st
from small_seer import (
    Teller,
    apart,
    compared,
    disordered,
    fitted,
    foreign,
    mean_of,
    paired,
    scored,
    shown,
    told,
)
from squares import SHAPE, shelf_of, tiny_encoder

from storypainter.picture import Picture
from storypainter.sequence import Character, Depiction, Frame, Sequence
from storypainter.sequences.sets import SequenceSet


@given(st.lists(st.integers(3, 6), min_size=2, max_size=30))
def test_nobody_is_shown_the_own_pictures_as_foreign(lengths: list[int]) -> None:
    found = foreign(lengths)
    assert all(each != at for at, each in enumerate(found))
    for at, each in enumerate(found):
        if lengths.count(lengths[at]) > 1:
            assert lengths[each] == lengths[at]


@given(st.integers(2, 6), st.text(max_size=8))
def test_no_picture_stays_where_it_was(count: int, seed: str) -> None:
    order = disordered(count, seed)
    assert sorted(order) == list(range(count))
    assert all(each != at for at, each in enumerate(order))
    assert order == disordered(count, seed)


def test_one_picture_has_no_other_order() -> None:
    assert disordered(1, "a") == [0]


def test_too_few_pictures_come_again() -> None:
    assert fitted("abc", 5) == list("abcab")
    assert fitted("abc", 2) == list("ab")


def test_differences_are_paired_and_absent_ones_left_out() -> None:
    found = paired([0.5, 0.9, None, 0.4], [0.1, 0.5, 0.3, None])
    assert (found["n"], found["mean"], found["interval"]) == (2, 0.4, [0.4, 0.4])


def test_an_interval_holds_its_mean_and_needs_two_values() -> None:
    values = np.random.default_rng(1).normal(0.3, 0.2, 200)
    found = mean_of(values)
    low, high = found["interval"]
    assert low < found["mean"] < high
    # the standard error is 0.2 / sqrt(200)
    assert high - low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(200), rel=0.1)
    assert mean_of(np.array([0.5])) == {"mean": 0.5, "interval": None}
    assert mean_of(np.array([])) == {"mean": None, "interval": None}


def sequence() -> Sequence:
    picture = Picture(
        file="pictures/a.png", sha256="0" * 64, media_type="image/png", width=8, height=8,
        painter="ink",
    )  # fmt: skip
    frames = tuple(
        Frame(picture=picture, place="the park", shown=(Depiction(character="g", action=action),))
        for action in ("climbs the tree", "falls from the tree")
    )
    return Sequence(
        id="s",
        kind="generated",
        source="s",
        characters=(Character(id="g", name="the girl", role="girl"),),
        frames=frames,
    )


def test_a_narrative_is_held_picture_by_picture_and_what_is_missing_names_nothing() -> None:
    right = (
        "1. In the park the girl climbed the tree.\n\n2. In the park the girl fell from the tree."
    )
    swapped = (
        "1. In the park the girl fell from the tree.\n\n2. In the park the girl climbed the tree."
    )
    half = "1. In the park the girl climbed the tree."
    values = {}
    for name, text in (("right", right), ("swapped", swapped), ("half", half), ("none", "")):
        found = scored([sequence()], {"s": text})
        values[name] = (found["grounding"][0], found["parts told"][0])
    assert values["right"] == (1.0, 1.0)
    assert values["right"][0] > values["swapped"][0] > values["none"][0]
    assert values["half"][1] == 0.5
    assert values["none"] == (0.0, 0.0)


def test_means_and_differences_are_of_the_conditions_that_are_there() -> None:
    names = small_seer.KINDS
    row = {f"{kind} {what}": [0.5, 0.5] for kind in names for what in ("F1", "recall")}
    row |= {name: [0.5, 0.5] for name in small_seer.SHOWN}
    scores = {
        "sft seen": {"grounding": [0.8, 0.6], **row},
        "sft foreign": {"grounding": [0.2, 0.4], **row},
    }
    found = compared(scores, 2)
    assert list(found["differences"]) == ["sft seen - sft foreign"]
    difference = found["differences"]["sft seen - sft foreign"]["grounding"]
    assert (difference["n"], difference["mean"]) == (2, 0.4)
    assert difference["interval"] == [0.2, 0.6]
    assert found["means"]["sft seen"]["grounding"]["n"] == 2


@pytest.mark.parametrize("same", ["picture", "narrative", "nothing"])
def test_what_is_told_shares_nothing_with_what_was_learnt(same: str, tmp_path: Path) -> None:
    one = sequence()
    frames = []
    for at, frame in enumerate(one.frames):
        picture = frame.picture.model_copy(update={"sha256": f"{at + 1:064}"})
        given = {} if same == "picture" else {"picture": picture}
        frames.append(
            frame.model_copy(update=given | ({"part": "B."} if same != "narrative" else {}))
        )
    other = one.model_copy(update={"frames": tuple(frames)})
    met = SequenceSet(tmp_path, {}, {"train": (), "validation": (other,), "test": ()})
    if same == "nothing":
        apart([one], met)
    else:
        with pytest.raises(SystemExit, match="s shares a picture or its narrative"):
            apart([one], met)


def test_narratives_that_were_kept_are_read(tmp_path: Path) -> None:
    assert told(tmp_path / "none.jsonl", "me") == {}
    path = tmp_path / "some.jsonl"
    path.write_text(json.dumps({"sequence": "a", "text": "1. A.", "by": "me"}) + "\n\n")
    assert told(path, "me") == {"a": "1. A."}
    with pytest.raises(SystemExit, match=r"some\.jsonl was told by another model"):
        told(path, "somebody else")


def test_tellers_differ_by_adapter_and_precision(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / small_seer.ADAPTER).write_bytes(name.encode())
    (tmp_path / "model.safetensors").write_bytes(b"base")
    asked = [(tmp_path / "one", "fp32"), (tmp_path / "one", "bf16"), (tmp_path / "other", "fp32")]
    names = {small_seer.teller_of(tmp_path, *each) for each in [*asked, (None, "fp32")]}
    assert len(names) == 4


def test_what_a_teller_gets_to_see() -> None:
    pictures = [["a1", "a2", "a3"], ["b1", "b2", "b3"], ["c1", "c2", "c3", "c4"]]
    ids = ["a", "b", "c"]
    assert shown("seen", pictures, ids) == pictures
    assert shown("foreign", pictures, ids) == [pictures[1], pictures[0], ["a1", "a2", "a3", "a1"]]
    for before, after in zip(pictures, shown("disordered", pictures, ids), strict=True):
        assert sorted(after) == before
        assert all(one != other for one, other in zip(before, after, strict=True))
    (grey, *_), *_ = blank = shown("blank", pictures, ids)
    assert [len(each) for each in blank] == [3, 3, 4]
    assert grey.getextrema() == ((128, 128),) * 3


def test_many_are_told_as_each_alone(tmp_path: Path) -> None:
    pytest.importorskip("trl")
    from PIL import Image
    from tiny_models import build_tiny_chat_model

    from storypainter.sequences.small_seer.building import build

    build_tiny_chat_model(tmp_path / "base", context=2048)
    tiny_encoder(tmp_path / "encoder", SHAPE)
    build(tmp_path / "encoder", str(tmp_path / "base"), tmp_path / "seer")
    images = [Image.fromarray(each) for each in shelf_of(6).pixels]
    rows = [images[:3], images[3:5], images[5:]]
    several = Teller(tmp_path / "seer", None, most=6, batch=3)
    texts = {at: text for at, text, _ in several.tell(rows)}
    assert sorted(texts) == [0, 1, 2]
    several.batch = 1
    assert {at: text for at, text, _ in several.tell(rows)} == texts
    assert all(texts.values())


def test_the_best_constant_guess_names_whom_most_pictures_show() -> None:
    one = sequence()
    cook = Character(id="c", name="the cook", role="cook")
    frames = tuple(
        each.model_copy(update={"shown": (*each.shown, Depiction(character="c", action="cooks"))})
        for each in one.frames
    )
    both = one.model_copy(update={"id": "t", "characters": (*one.characters, cook),
                                  "frames": frames})  # fmt: skip
    learnt = [one, both, both]
    guess = small_seer.constant_guess(learnt, "people by role F1")
    assert "The girl was there." in guess
    assert "The cook was there." in guess
    assert "the park" in guess
    assert "nurse" not in guess
    texts = {each.id: small_seer.in_every_part(each, guess) for each in learnt}
    held = scored(learnt, texts)
    assert held["people by role F1"][1] == 1.0
    assert held["parts told"] == [1, 1, 1]


class Describing:
    """Describes by a picture's grey, and counts."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def describe(self, pictures):
        for at, picture in enumerate(pictures):
            self.asked.append(picture.getpixel((0, 0)))
            yield at, f"Grey {self.asked[-1]}.", 1


def test_a_picture_is_described_once_wherever_it_is_shown(tmp_path: Path) -> None:
    from PIL import Image

    one, other, third = (Image.new("L", (4, 4), grey) for grey in (10, 20, 30))
    teller, kept = Describing(), tmp_path / "described.jsonl"
    found = small_seer.described(teller, [[one, other, one], [other.copy()]], kept, "me")
    assert found == [["Grey 10.", "Grey 20.", "Grey 10."], ["Grey 20."]]
    assert sorted(teller.asked) == [10, 20]
    later = Describing()
    found = small_seer.described(later, [[third, one]], kept, "me")
    assert (found, later.asked) == ([["Grey 30.", "Grey 10."]], [30])
    assert small_seer.picture_name(one) != small_seer.picture_name(Image.new("L", (2, 8), 10))


def test_descriptions_are_asked_with_at_the_end_of_their_own_pictures() -> None:
    teller = object.__new__(Teller)
    asked = {}
    teller._written = lambda rows, questions: asked.update(zip(rows, questions, strict=True)) or ()
    teller.tell(["ab", "c"], [["A girl.", "A boy."], ["A cat."]])
    assert "Picture 1: A girl.\nPicture 2: A boy.\n" in asked["ab"]
    assert "Picture 1: A cat.\n" in asked["c"]
    teller.tell(["ab"])
    assert asked["ab"] == small_seer.telling_question()


def test_the_twin_is_told_both_ways_where_the_others_look_first() -> None:
    from argparse import Namespace

    plain, looking = (Namespace(ways=["seen"], look_first=each) for each in (False, True))
    assert small_seer._ways_of("sft", looking) == ["seen"]
    assert small_seer._ways_of("twin", plain) == ["blank"]
    assert small_seer._ways_of("twin", looking) == ["blank", small_seer.LOOKED]
