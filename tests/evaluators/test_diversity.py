"""The Diversity evaluator: its five scores by a plain loop, its tables, and what is absent."""

from __future__ import annotations

import asyncio
import math

import numpy as np
import pytest
from memory_store import MemoryStore

from storypainter.evaluators.contract import Marks, Subject
from storypainter.evaluators.diversity import Diversity
from storypainter.evaluators.summaries import LexicalSummariser, Summary
from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, EmbedReply, Verdict
from storypainter.story import Story

PLACES = ("pier", "attic", "tram", "bakery", "school", "mosque", "river", "mine", "opera")


class Numbered:
    """An embedder over the calling path: the vector of a text is that of its first digit."""

    def __init__(self, vectors, fails=None):
        self.address = "numbered"
        self.identity = {"provider": "numbered"}
        self.vectors = vectors
        self.fails = fails or {}
        self.asked: list[int] = []

    async def embed(self, request):
        for text in request.texts:
            for part, failure in self.fails.items():
                if part in text:
                    raise failure
        self.asked.append(len(request.texts))
        rows = [self.vectors[int(next((c for c in t if c.isdigit()), "0"))] for t in request.texts]
        return EmbedReply(tuple(tuple(float(x) for x in row) for row in rows))

    async def aclose(self): ...


class Given:
    """A summariser that names the story's number."""

    judge = "given"
    identity = {"kind": "given"}  # noqa: RUF012

    async def summarise(self, story, caller, *, sample):
        return Summary(event=f"event {story.id}")


def subjects(n: int) -> list[Subject]:
    return [
        Subject(
            i, Story(id=str(i), text=f"Story {i} on the {PLACES[i]}.", themes={"place": PLACES[i]})
        )
        for i in range(n)
    ]


def evaluate(evaluator: Diversity, found: list[Subject], missing: int = 0):
    async def work():
        caller = Caller(MemoryStore())
        marked = [(s, await evaluator.mark(s, caller, sample="0")) for s in found]
        return await evaluator.summarise(marked, missing, caller)

    return asyncio.run(work())


def plain_knn(rows, k):
    """Equation 2 of the paper, word for word."""
    total = 0.0
    for i, one in enumerate(rows):
        distances = sorted(
            1
            - math.fsum(a * b for a, b in zip(one, other, strict=True))
            / (math.hypot(*one) * math.hypot(*other))
            for j, other in enumerate(rows)
            if j != i
        )
        total += math.fsum(distances[:k]) / k
    return total / len(rows)


def test_the_scores_are_equation_2_and_its_rivals():
    vectors = np.random.default_rng(1).normal(size=(9, 4))
    found = evaluate(Diversity(Given(), Numbered(vectors), k=5), subjects(9))
    assert found.score("diversity").value == pytest.approx(plain_knn(vectors.tolist(), 5), abs=1e-9)
    assert found.score("average_distance").value == pytest.approx(
        plain_knn(vectors.tolist(), 8), abs=1e-9
    )
    assert found.score("diversity").judge == "given + numbered"
    assert found.score("diversity").n == 9
    assert found.score("diversity").parts["k"] == 5
    assert 1 <= found.score("vendi").value <= 4


def test_equal_stories_have_no_diversity_and_are_listed():
    vectors = np.ones((9, 3))
    found = evaluate(Diversity(Given(), Numbered(vectors)), subjects(7))
    assert found.score("diversity").value == pytest.approx(0, abs=1e-12)
    assert found.score("vendi").value == pytest.approx(1)
    duplicates = next(t for t in found.tables if t.title.startswith("Near duplicates"))
    assert (len(duplicates.rows), duplicates.note) == (20, "21 pairs in all")
    assert duplicates.rows[0][2] == 1.0


def test_k_stories_are_too_few():
    found = evaluate(Diversity(Given(), Numbered(np.eye(9))), subjects(5))
    assert found.score("diversity").absent == "needs K + 1 stories: 5 given, 6 needed"
    assert found.score("average_distance").value == pytest.approx(1)
    assert evaluate(Diversity(Given(), Numbered(np.eye(9))), []).score("vendi").absent


def test_what_was_left_out_is_told():
    class Silent(Given):
        async def summarise(self, story, caller, *, sample):
            return (
                Summary()
                if story.id == "3"
                else await super().summarise(story, caller, sample=sample)
            )

    found = evaluate(Diversity(Silent(), Numbered(np.eye(9)), k=2), subjects(6), missing=2)
    score = found.score("diversity")
    assert score.n == 5
    assert score.reason == "2 stories without a summary and 1 whose summary is empty left out"


def test_a_text_that_is_too_long_takes_only_the_scores_of_whole_texts():
    too_long = CallFailed(Verdict.TOO_LONG, "text 1 has 900 tokens")
    embedder = Numbered(np.eye(9), fails={"on the pier": too_long})
    found = evaluate(Diversity(Given(), embedder, k=2), subjects(6))
    assert found.score("diversity").value == pytest.approx(1)
    assert "900 tokens" in found.score("diversity_without_summariser").absent
    assert not any(t.title.startswith("Near duplicates") for t in found.tables)


def test_a_wrong_key_is_no_absent_score():
    embedder = Numbered(np.eye(9), fails={"event": CallFailed(Verdict.AUTH, "the key was refused")})
    with pytest.raises(Exception, match="the key was refused"):
        evaluate(Diversity(Given(), embedder), subjects(7))


def test_themes_are_counted_by_word_and_by_the_stories_own():
    found = evaluate(Diversity(LexicalSummariser(), Numbered(np.eye(9)), k=2), subjects(4))
    tables = {table.title: table for table in found.tables}
    assert ("attic", 1, 0.25) in tables["Most frequent words: location"].rows
    assert tables["Theme: place"].columns == ("theme", "stories", "share")


def test_the_identity_holds_what_decides_the_scores():
    one = Diversity(Given(), Numbered(np.eye(9))).identity
    other = Diversity(Given(), Numbered(np.eye(9)), k=4).identity
    third = Diversity(LexicalSummariser(), Numbered(np.eye(9))).identity
    assert one != other
    assert one["summariser"] != third["summariser"]


def test_marks_survive_json():
    marks = asyncio.run(
        Diversity(LexicalSummariser(), Numbered(np.eye(9))).mark(
            subjects(1)[0], Caller(MemoryStore()), sample="0"
        )
    )
    assert Marks.from_json(marks.to_json()) == marks


def test_an_absent_score_says_what_was_left_out():
    found = evaluate(Diversity(Given(), Numbered(np.eye(9))), subjects(3), missing=5)
    assert found.score("diversity").absent == (
        "needs K + 1 stories: 3 given, 6 needed (5 stories without a summary left out)"
    )
