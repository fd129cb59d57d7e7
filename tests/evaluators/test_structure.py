"""Structure: counts of a story's own Chains and Scene, and clues by Dimension."""

from __future__ import annotations

import asyncio

import pytest
from memory_store import MemoryStore

from storypainter.evaluators.catalog import BUILT_IN
from storypainter.evaluators.clue_counts import ClueCounts, clue_key, count_features, count_story
from storypainter.evaluators.contract import Marks, Subject
from storypainter.evaluators.features import Features, Inference
from storypainter.evaluators.structure import COUNTS, Structure, create
from storypainter.intervals import t_interval
from storypainter.models.calling import Caller
from storypainter.scene import Person, Scene, Setting
from storypainter.story import Chain, Clue, Dimension, Story

RICH = (
    ("time", "low sun + long shadows -> It is evening."),
    ("event", "Bent rod + wet boots -> They fish."),
    ("event", "the bent rod + open basket -> A fish bites."),
    ("event_causal_relationship", "open basket + cat -> Because it is open, the cat gets in."),
    ("mental_state", "a cat -> She hasn't seen it."),
)


def story(index: int, *chains: tuple[str, str]) -> Story:
    made = tuple(Chain.from_notation(text, Dimension(dimension)) for dimension, text in chains)
    return Story(id=f"s{index}", text="A woman fishes.", chains=made)


def scene(people: int) -> Scene:
    return Scene(
        setting=Setting(kind="park"),
        people=tuple(Person(id=f"p{i}", role="woman") for i in range(people)),
    )


def work(*subjects: Subject, missing: int = 0):
    async def run():
        evaluator, caller = Structure(), Caller(MemoryStore())
        marked = []
        for each in subjects:
            marks = await evaluator.mark(each, caller, sample="0")
            marked.append((each, Marks.from_json(marks.to_json())))
        return marked, await evaluator.summarise(marked, missing, caller)

    return asyncio.run(run())


def test_it_is_made_by_the_catalogue_s_name():
    assert BUILT_IN["structure"] == "storypainter.evaluators.structure:create"
    made = create(None)
    assert (made.name, made.judge) == ("structure", "chains")
    assert made.identity == {"version": "1", "counting": "1"}


def test_counts_of_known_chains():
    [(_, marks)], _ = work(Subject(0, story(0, *RICH), scene(2)))
    # low sun, long shadows, bent rod, wet boots, open basket, cat
    assert {name: marks.score(name).value for name in COUNTS} == {
        "clues": 6, "chains": 5, "causal_links": 1, "dimensions": 4, "people": 2,
    }  # fmt: skip
    assert marks.score("clues").parts == {
        "time": 2, "location": 0, "character_role": 0, "character_relationship": 0, "event": 3,
        "event_causal_relationship": 2, "mental_state": 1,
    }  # fmt: skip
    assert marks.score("chains").parts["event"] == 2
    assert {score.judge for score in marks.scores} == {"chains"}
    assert not any("semantic" in score.name for score in marks.scores)


def test_a_story_without_chains_has_no_counts_rather_than_zeros():
    [(_, marks)], found = work(Subject(0, story(0)))
    for name in COUNTS:
        assert marks.score(name).value is None
        assert "no Chains" in marks.score(name).absent or name == "people"
    assert marks.score("people").absent == "the story has no Scene"
    assert found.score("clues").absent == "the story has no Chains"
    assert found.score("clues").n == 0
    assert found.tables == ()


def test_a_scene_without_people_has_none():
    [(_, marks)], _ = work(Subject(0, story(0, *RICH), scene(0)))
    assert marks.score("people").value == 0.0


def test_findings_are_means_with_intervals_n_and_what_is_absent():
    subjects = [Subject(i, story(i, *RICH[: i + 1]), scene(i)) for i in range(3)]
    _, found = work(*subjects, Subject(3, story(3)), missing=1)
    low, high = t_interval([2.0, 4.0, 5.0])
    assert low < 0  # where no mean of counts can lie
    assert found.score("clues").value == pytest.approx(11 / 3)
    assert found.score("clues").interval == (0.0, pytest.approx(high))
    assert found.score("clues").n == 3
    assert "1 absent" in found.score("clues").reason
    assert found.score("clues").parts["event"] == pytest.approx((0 + 2 + 3) / 3)
    assert found.score("people").value == 1.0
    assert found.warnings[0] == "1 of 5 stories could not be marked"
    assert "1 of 4 stories have no counts of Chains" in found.warnings[1]
    assert "clues" in found.doubts
    table = found.tables[0]
    event = next(row for row in table.rows if row[0] == "Event")
    _, high = t_interval([0.0, 2.0, 3.0])
    assert event == ("Event", pytest.approx(5 / 3), 0.0, pytest.approx(high), 1.0, 2)
    assert [row[0] for row in table.rows] == [each.label for each in Dimension]
    assert "n = 3" in table.note


def test_one_story_has_no_interval():
    _, found = work(Subject(0, story(0, *RICH), scene(1)))
    assert found.score("chains").value == 5.0
    assert found.score("chains").interval is None
    assert found.warnings == ()


def test_findings_over_nothing():
    _, found = work(missing=2)
    assert found.score("clues").absent == "could not be marked"
    assert found.tables == ()
    assert found.warnings == ("2 of 2 stories could not be marked",)


def test_clues_with_ids_are_counted_by_them():
    hat, other_hat = Clue(text="a hat", id="hat.one"), Clue(text="a hat", id="hat.two")
    made = tuple(
        Chain(dimension=Dimension.EVENT, clues=clues, conclusion="X.")
        for clues in ((hat,), (hat, other_hat), (Clue(text="his hat", id="hat.one"),))
    )
    counts = count_story(Story(id="s", text="A man.", chains=made))
    assert (counts.clues, counts.chains, counts.by_dimension[Dimension.EVENT]) == (2, 3, 2)


# ------------------------------------------------------------------------- counting


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a wet coat", "The wet  coat.", True),
        ("a wet coat", "wet coats", False),
        ("“STOP” sign", '"stop" sign', True),
        ("10:05", "10:50", False),
        ("!", "?", False),
        ("雨伞", "雨伞", True),
    ],
)
def test_when_two_mentions_are_one_clue(one, other, same):
    assert (clue_key(Clue(text=one)) == clue_key(Clue(text=other))) == same


def test_an_id_decides_before_the_words():
    assert clue_key(Clue(text="a hat", id="x")) != clue_key(Clue(text="a hat", id="y"))
    assert clue_key(Clue(text="a hat", id="x")) == clue_key(Clue(text="his hat", id="x"))
    assert clue_key(Clue(text="x")) != clue_key(Clue(text="a hat", id="x"))


def test_clues_without_a_conclusion_are_clues_but_no_chain():
    def of(clues: tuple[str, ...], conclusion: str) -> Inference:
        made = tuple(Clue(text=text) for text in clues)
        return Inference(dimension=Dimension.EVENT, clues=made, conclusion=conclusion)

    features = Features(
        source="cot", inferences=(of(("smoke",), ""), of((), "It burns."), of(("smoke",), "Fire."))
    )
    counts = count_features(features)
    assert (counts.clues, counts.chains, counts.dimensions, counts.source) == (1, 1, 1, "cot")


def test_all_none_is_a_true_zero_and_a_description_is_absent():
    assert count_features(Features(source="cot")).clues == 0
    assert count_features(Features(source="naive", description="A dog.")) is None


def test_counts_survive_json():
    counts = count_story(story(0, *RICH))
    assert ClueCounts.model_validate(counts.to_plain()) == counts
