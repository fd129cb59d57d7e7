"""Blind retelling: what the Seer is shown, what comes back, and what is absent."""

from __future__ import annotations

import asyncio
import hashlib
import json
from types import SimpleNamespace

import pytest
from memory_store import MemoryStore

from storypainter.evaluators.catalog import BUILT_IN
from storypainter.evaluators.contract import Marks, Subject
from storypainter.evaluators.recall import Recaller
from storypainter.evaluators.retelling import (
    NO_CHAINS,
    NO_PICTURE,
    NO_SEER,
    Retelling,
    create,
    entities_of,
)
from storypainter.models.calling import Caller
from storypainter.models.catalog import connect_embedder
from storypainter.models.contract import CallFailed, ImagePart, ModelOptions, Verdict
from storypainter.models.rehearsal import Rehearsal
from storypainter.picture import Picture
from storypainter.story import Chain, Dimension, Story

PNG = b"the picture"
TEXT = "A boy waits at the bus stop with a kite; a clock shows five to nine."
SEEN = "A young boy holds a kite beside a bus stop. He seems to wait for the school bus."
CHAINS = (
    Chain.from_notation("clock at 8:55 -> It is morning.", Dimension.TIME),
    Chain.from_notation("bus stop -> He waits for a bus.", Dimension.EVENT),
    Chain.from_notation("kite -> He wants to fly his kite.", Dimension.EVENT),
    Chain.from_notation("bitten lip -> He is nervous.", Dimension.MENTAL_STATE),
)


class Pictures:
    def read_file(self, relative: str) -> bytes:
        return PNG


def subject(
    index: int = 0, *, painted: bool = True, chains=CHAINS, entities=("boy", "kite", "clock")
) -> Subject:
    picture = Picture(
        file="p.png",
        sha256=hashlib.sha256(PNG).hexdigest(),
        media_type="image/png",
        width=10,
        height=10,
        painter="test",
    )
    story = Story(id=f"s{index}", text=TEXT, chains=chains, entities=entities)
    return Subject(index, story, None, picture if painted else None, Pictures())


def says(*answers: tuple[int, bool]) -> dict[str, str]:
    return {"text": json.dumps({"answers": [{"number": n, "found": f} for n, f in answers]})}


def retelling(seen: dict, *answers: dict, judge: bool = True) -> tuple[Retelling, Rehearsal]:
    seer = Rehearsal("seer", (seen,) * 4)
    writer = Rehearsal("judge", answers) if judge else None
    return Retelling(seer, Recaller(connect_embedder("wordllama", ModelOptions()), writer)), seer


def mark(evaluator: Retelling, each: Subject) -> Marks:
    return asyncio.run(evaluator.mark(each, Caller(MemoryStore()), sample="0:0"))


ALL = ((1, False), (2, True), (3, False), (4, False))


def test_it_is_made_by_the_catalogue_s_name():
    assert BUILT_IN["retelling"] == "storypainter.evaluators.retelling:create"
    asked: list[str] = []

    def model(address: str) -> Rehearsal:
        asked.append(address)
        return Rehearsal(address.partition("/")[2])

    def desk(**spec: str) -> SimpleNamespace:
        named = SimpleNamespace(**{"seer": "", "judge": "offline", "embedder": "wordllama"} | spec)
        return SimpleNamespace(
            spec=named,
            seer=model,
            writer=model,
            embedder=lambda at: connect_embedder(at, ModelOptions()),
        )

    blind = create(desk())
    assert (blind.judge, asked) == ("none", [])
    own = create(desk(seer="rehearsal/a"))
    assert own.judge == "rehearsal/a + rehearsal/a"
    other = create(desk(seer="rehearsal/a", judge="rehearsal/b"))
    assert other.judge == "rehearsal/a + rehearsal/b"
    assert len({json.dumps(each.identity, sort_keys=True) for each in (blind, own, other)}) == 3


def test_the_seer_gets_the_picture_and_nothing_of_the_story():
    evaluator, seer = retelling({"text": SEEN}, says(*ALL))
    mark(evaluator, subject())
    (request,) = seer.history
    (message,) = request.messages
    prompt, picture = message.content
    assert picture == ImagePart(PNG, "image/png")
    for word in ("boy", "kite", "clock", "bus", "nervous", TEXT):
        assert word not in prompt.replace("clocks", "")


def test_recognition_and_cognition_by_dimension():
    evaluator, _ = retelling({"text": SEEN}, says(*reversed(ALL)))
    marks = mark(evaluator, subject())
    recognition, cognition = marks.scores
    assert recognition.value == pytest.approx(2 / 3)
    assert recognition.reason == "2 of 3 entities; not: clock"
    assert (cognition.value, cognition.n) == (0.25, 4)
    assert cognition.parts == {"time": 0.0, "event": 0.5, "mental_state": 0.0}
    assert marks.data["description"] == SEEN
    assert [each["found"] for each in marks.data["conclusions"]] == [False, True, False, False]
    assert Marks.from_json(marks.to_json()) == marks


def test_numbers_that_the_judge_leaves_out_are_absent_not_no():
    evaluator, _ = retelling({"text": SEEN}, says((2, True), (3, True)))
    cognition = mark(evaluator, subject()).score("cognition")
    assert (cognition.value, cognition.n) == (1.0, 2)
    assert cognition.reason == "2 of 2 conclusions; 2 not answered"
    assert cognition.parts == {"event": 1.0}
    evaluator, _ = retelling({"text": SEEN}, says())
    assert "answered none of 4" in mark(evaluator, subject()).score("cognition").absent


def test_what_is_missing_is_absent_with_its_reason():
    blind = Retelling(None, Recaller(connect_embedder("wordllama", ModelOptions()), None))
    assert {score.absent for score in mark(blind, subject()).scores} == {NO_SEER}
    evaluator, seer = retelling({"text": SEEN})
    assert {score.absent for score in mark(evaluator, subject(painted=False)).scores} == {
        NO_PICTURE
    }
    assert seer.history == []
    marks = mark(evaluator, subject(chains=()))
    assert marks.score("cognition").absent == NO_CHAINS
    assert marks.score("recognition").value is not None


def test_a_description_in_another_language_has_no_recognition():
    german = "Ein kleiner Junge steht mit seinem Drachen an der Haltestelle und wartet auf den Bus."
    evaluator, _ = retelling({"text": german}, says(*ALL))
    marks = mark(evaluator, subject())
    assert marks.score("recognition").absent
    assert marks.score("cognition").value == 0.25


def test_a_story_without_entities_has_its_nouns():
    told = "A boy holds a kite and two ice cream cones."
    assert entities_of(Story(id="s", text=told)) == (("boy", "kite", "ice cream cone"), "")
    assert entities_of(Story(id="s", text="Blue and green, and very much so.")) == (
        (),
        "the story names no entities and has no nouns",
    )


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ({"text": " … "}, Verdict.MALFORMED),
        ({"text": "A boy", "finish": "content_filter"}, Verdict.REFUSED),
        ({"fail": "refused"}, Verdict.REFUSED),
    ],
)
def test_a_seer_that_describes_nothing_fails(reply, verdict):
    evaluator, _ = retelling(reply, says(*ALL))
    with pytest.raises(CallFailed) as failed:
        mark(evaluator, subject())
    assert failed.value.verdict is verdict


def test_findings_have_means_and_conclusions_by_dimension():
    evaluator, _ = retelling(
        {"text": SEEN, "finish": "length"}, says(*ALL), says((1, True), (2, True))
    )
    told = [subject(0), subject(1), subject(2, painted=False)]
    marked = [(each, mark(evaluator, each)) for each in told]
    found = asyncio.run(evaluator.summarise(marked, 1, Caller(MemoryStore())))
    cognition = found.score("cognition")
    assert (cognition.value, cognition.n) == (pytest.approx(0.625), 2)
    assert cognition.interval == (0.0, 1.0)
    assert cognition.reason == f"1 absent: {NO_PICTURE}; 1 absent: could not be marked"
    event = found.score("cognition_event")
    assert (event.value, event.n) == (pytest.approx(2 / 3), 3)
    assert [row[0] for row in found.tables[0].rows] == ["Time", "Event", "Mental State"]
    assert "2 of 3 descriptions were cut off" in found.warnings
    nothing = asyncio.run(evaluator.summarise([], 0, Caller(MemoryStore())))
    assert nothing.score("recognition").absent == "there are no stories"


def test_a_seer_that_judges_itself_is_warned_of():
    seer = Rehearsal("one", ({"text": SEEN}, says(*ALL)))
    evaluator = Retelling(seer, Recaller(Rehearsal("vectors"), seer))
    found = asyncio.run(evaluator.summarise([], 0, Caller(MemoryStore())))
    assert any("judges its own" in line for line in found.warnings)
    assert any("not checked for this model" in line for line in found.warnings)
