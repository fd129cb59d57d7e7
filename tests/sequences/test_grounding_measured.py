"""How often grounding is right, on parts with our own labels; two of three sets were opened once."""

from __future__ import annotations

import pytest

from storypainter.sequences.grounding_measuring import EXTRA, NAMED, labelled, main, measure


def test_there_are_a_hundred_and_six_parts_split_by_story():
    halves = [labelled(half) for half in ("improve", "held", "generated")]
    assert [len(half) for half in halves] == [36, 36, 34]
    stories = [{each.sequence.id for each in half} for half in halves]
    assert not stories[0] & stories[1]
    assert not stories[0] & stories[2]


def test_labels_name_what_there_is():
    for each in (*labelled("improve"), *labelled("held"), *labelled("generated")):
        known = {character.id for character in each.sequence.characters}
        shown = {one.character for one in each.sequence.frames[each.frame].shown}
        for kind in ("people", "actions", "emotions"):
            assert each.named[kind] <= known, each.text
        assert each.named["actions"] <= shown, each.text


@pytest.mark.parametrize(
    ("half", "kind", "least"),
    [
        ("held", "people", 0.915), ("held", "actions", 0.915), ("held", "place", 0.97),
        ("held", "emotions", 0.935), ("held", "extra_people", 0.81),
        ("held", "extra_actions", 0.905), ("held", "extra_places", 0.93),
        ("generated", "people", 0.985), ("generated", "actions", 0.97),
        ("generated", "place", 1.0), ("generated", "emotions", 1.0),
        ("generated", "extra_people", 0.92), ("generated", "extra_actions", 0.8),
        ("generated", "extra_places", 0.83),
    ],
)  # fmt: skip
def test_unseen_parts_keep_the_published_f1(half, kind, least):
    assert measure(half)[kind].f1 >= least


def test_the_command_prints_every_kind(capsys):
    main(["improve", "faults"])
    printed = capsys.readouterr().out
    for kind in (*NAMED, *EXTRA):
        assert kind in printed
