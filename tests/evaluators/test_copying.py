"""Copying: the stated rule, both kinds of source, what is absent, findings, known cases."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.evaluators.contract import Marks, Subject
from storypainter.evaluators.copying import Copying, create
from storypainter.evaluators.copying_cases import (
    RANKS,
    Case,
    Judged,
    halves,
    judged,
    load_cases,
    load_sources,
    ordering,
    precision,
    recall,
)
from storypainter.evaluators.copying_findings import findings, mean_interval
from storypainter.evaluators.copying_reading import Reader
from storypainter.evaluators.copying_verdict import (
    COPIED_RUN,
    COPIED_SHARE,
    RETOLD,
    Level,
    copies,
    judge,
    retelling,
)
from storypainter.intervals import wilson
from storypainter.models.contract import ModelOptions
from storypainter.models.wordllama import create as word_vectors
from storypainter.pools import Pool, load_pool
from storypainter.pools.ngrams import spelled
from storypainter.score import Score
from storypainter.story import ExampleUsed, Story, StoryOrigin

BAKER = (
    "At the market a baker holds a tray of rolls above her head. A dog with a stolen sausage "
    "runs between her feet. Behind the stall two boys count coins on a barrel."
)
SAILOR = (
    "On the pier an old sailor mends a torn net with a wooden needle. A gull has landed on his "
    "cap. Far out, a white boat lowers its only sail before the storm."
)
NURSE = (
    "In the corridor a nurse carries seven pillows and cannot see the bucket. A cleaner stretches "
    "out one arm. Through the window a helicopter hangs over the roof of the clinic."
)


def embed(texts):
    """Toy vectors: one direction for each longer word; no model, no file."""
    rows = np.zeros((len(texts), 1025))
    for row, text in zip(rows, texts, strict=True):
        row[0] = 0.1  # what all texts have in common
        words = [word.text for word in spelled(text)]
        for word in [word for word in words if len(word) > 4] or words:
            row[1 + int(hashlib.sha256(word.encode()).hexdigest(), 16) % 1024] += 1
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@cache
def real():
    """Copying with the embedded word vectors, without a pool."""
    model = word_vectors("", ModelOptions())
    return Copying(embed=model.embed_array, embedding=model.identity)


def pool(**texts):
    return Pool.of("test", tuple(Story(id=name, text=text) for name, text in texts.items()), "")


def story(text, *examples, id="story-00001"):
    used = tuple(ExampleUsed(id=f"e{at}", text=each) for at, each in enumerate(examples))
    origin = StoryOrigin(storyteller="a/b", mode="cor_guided", examples=used)
    return Story(id=id, text=text, origin=origin)


def marks(text, *examples, among=None, with_vectors=True, id="story-00001"):
    return Copying(among, embed=embed if with_vectors else None).marks(
        story(text, *examples, id=id)
    )


# ------------------------------------------------------------------------ the rule


def test_a_long_run_copies_however_small_its_share():
    assert copies(COPIED_RUN, 0.001)
    assert not copies(COPIED_RUN - 1, 0.001)


def test_a_large_share_copies_without_a_long_run():
    assert copies(COPIED_RUN - 1, COPIED_SHARE)
    assert not copies(COPIED_RUN - 1, COPIED_SHARE - 0.001)


@pytest.mark.parametrize(
    ("run", "share", "retold", "level", "value"),
    [
        (100, 1.0, 1.0, Level.COPIES, 1.0),
        (60, 0.5, 0.6, Level.COPIES, 0.75),
        (12, 0.04, 0.1, Level.COPIES, 0.52),
        (4, 0.0, RETOLD, Level.RETELLS, 0.25),
        (4, 0.0, (1 + RETOLD) / 2, Level.RETELLS, 0.375),
        (4, 0.0, RETOLD / 2, Level.OWN, 0.125),
        (0, 0.0, 0.0, Level.OWN, 0.0),
        (12, 0.04, None, Level.COPIES, 0.52),
        (4, 0.0, None, None, None),
        (5, None, 0.9, None, None),
    ],
)
def test_verdicts(run, share, retold, level, value):
    verdict = judge(run, share, retold)
    assert verdict.level is level
    assert verdict.value == (None if value is None else pytest.approx(value))


@given(st.integers(0, 200), st.floats(0, 1), st.floats(0, 1))
def test_a_level_can_be_read_from_the_value(run, share, retold):
    verdict = judge(run, share, retold)
    bounds = {Level.COPIES: (0.5, 1), Level.RETELLS: (0.25, 0.4999), Level.OWN: (0, 0.25)}
    low, high = bounds[verdict.level]
    assert low <= verdict.value <= high


def test_retelling_mixes_sentences_and_events():
    assert retelling(0.4, 0.8) == pytest.approx(0.75 * 0.4 + 0.25 * 0.8)
    assert retelling(0.4, None) == pytest.approx(0.4)
    assert retelling(-0.2, -0.1) == 0


# ------------------------------------------------------------------ sources and scores


def test_a_copied_example_is_found_named_and_placed():
    text = f"A bell rings. {SAILOR}"
    found = marks(text, BAKER, SAILOR)
    words = len(spelled(SAILOR))
    assert found.score("longest_common_ngram").value == words
    ngrams = len(spelled(text)) - 7
    assert found.score("copied_8grams").value == pytest.approx((words - 7) / ngrams)
    assert found.score("copying").value == pytest.approx(0.5 + (words - 7) / ngrams / 2)
    assert found.score("copying").reason.startswith("copies its example e1")
    (passage,) = found.passages
    assert passage.kind == "copied_from_example"
    assert passage.text == text[passage.start : passage.end] == SAILOR.rstrip(".")
    nearest = found.data["nearest"]
    assert (nearest["id"], nearest["kind"]) == ("e1", "example")
    assert nearest["longest_common_ngram"] == words
    assert found.score("example_similarity").value > 0.9


def test_a_verbatim_copy_is_1_in_everything():
    found = marks(BAKER, BAKER)
    for name in ("copied_8grams", "example_similarity", "retold", "copying"):
        assert found.score(name).value == pytest.approx(1), name
    parts = found.score("example_similarity").parts
    assert parts == pytest.approx(dict.fromkeys(["sentences", "aligned", "people", "events"], 1))


def test_every_score_names_judge_and_version():
    for score in marks(BAKER, SAILOR, among=pool(n=NURSE)).scores:
        assert (score.judge, score.version) == ("offline", Copying.version)


def test_examples_and_pool_are_kept_apart():
    first_half = SAILOR[: SAILOR.index(" A gull")]
    found = marks(f"{NURSE} {first_half}", SAILOR, among=pool(n=NURSE, b=BAKER))
    parts = found.score("copied_8grams").parts
    assert 0 < parts["example"] < parts["pool"] < 1
    assert found.score("copied_8grams").value == parts["pool"]
    assert found.data["example"]["nearest"]["id"] == "e0"
    assert found.data["pool"]["nearest"]["id"] == "n"
    assert found.data["nearest"]["kind"] == "pool"
    assert {each.kind for each in found.passages} == {"copied_from_example", "copied_from_pool"}
    assert found.score("copying").reason == "copies the pool's story n"


def test_an_example_that_is_a_row_of_the_pool_counts_as_example_only():
    found = marks(SAILOR, SAILOR.upper(), among=pool(s=SAILOR, b=BAKER))
    assert found.data["example"]["copies"] is True
    assert found.data["pool"]["copies"] is False
    assert found.data["pool"]["nearest"]["id"] == "b"


def test_a_story_of_the_pool_is_no_copy_of_itself():
    rows = pool(s=SAILOR, b=BAKER)
    found = Copying(rows, embed=embed).marks(rows.stories[1])
    assert rows.stories[1].id == "s"
    assert found.data["pool"]["nearest"]["id"] == "b"
    assert found.score("copying").value < 0.25
    assert found.passages == ()


def test_the_same_text_under_another_id_is_a_copy():
    assert marks(SAILOR, among=pool(s=SAILOR), id="other").data["pool"]["copies"] is True


def test_the_same_id_with_another_text_is_compared():
    text = SAILOR.replace("sailor", "fisherman")
    assert marks(text, among=pool(s=SAILOR), id="s").data["pool"]["copies"] is True


def test_a_story_patched_together_from_two_examples_is_copied():
    one, two = SAILOR[: SAILOR.index(" A gull")], BAKER[: BAKER.index(" A dog")]
    found = marks(f"{one} {two}", SAILOR, BAKER)
    shares = [Copying().likeness(f"{one} {two}", each).copied for each in (SAILOR, BAKER)]
    assert min(shares) > 0
    assert found.score("copied_8grams").value == pytest.approx(sum(shares))


def test_what_is_told_again_in_another_order_still_copies():
    sentences = BAKER.split(". ")
    shuffled = ". ".join([sentences[2].rstrip("."), sentences[0], sentences[1]]) + "."
    assert marks(shuffled, BAKER).data["example"]["copies"] is True


def test_without_examples_and_pool_everything_is_absent_with_its_reason():
    found = Copying(embed=embed).marks(Story(id="a", text=BAKER))
    assert len(found.scores) == 6
    for score in found.scores:
        assert score.value is None
        assert "no in-context examples" in score.absent or "pool" in score.absent
    assert found.data == {}
    assert found.passages == ()


def test_without_examples_the_pool_is_compared_and_that_is_said():
    found = Copying(pool(s=SAILOR), embed=embed).marks(Story(id="a", text=BAKER))
    assert found.score("copying").value is not None
    assert "no in-context examples" in found.score("copying").reason
    assert "example" not in found.score("copying").parts
    assert "no in-context examples" in found.score("example_similarity").absent
    assert found.score("pool_similarity").value is not None


def test_a_pool_that_holds_only_the_story_itself_is_no_pool():
    found = Copying(pool(s=SAILOR), embed=embed).marks(Story(id="s", text=SAILOR))
    assert found.score("copying").value is None


def test_a_short_story_has_no_8grams_but_a_longest_run():
    found = marks("A baker holds a tray.", BAKER)
    assert "5 words" in found.score("copied_8grams").absent
    assert "5 words" in found.score("copying").absent
    assert found.score("longest_common_ngram").value == 5
    assert found.data["example"]["copies"] is None


def test_a_story_without_a_word_is_absent_where_words_are_needed():
    found = marks("!!!", BAKER)
    assert found.score("example_similarity").absent
    assert found.score("retold").absent
    assert found.score("longest_common_ngram").value == 0


def test_an_empty_example_is_no_crash():
    found = marks(BAKER, "", among=pool(s=SAILOR))
    assert found.score("example_similarity").absent
    assert found.data["example"]["copies"] is False


def test_without_vectors_copies_are_found_and_the_rest_is_absent():
    copied = marks(BAKER, BAKER, with_vectors=False)
    assert copied.score("copying").value == 1
    other = marks(SAILOR, BAKER, among=pool(n=NURSE), with_vectors=False)
    assert other.score("copied_8grams").value == 0
    for name in ("example_similarity", "pool_similarity", "retold", "copying"):
        assert "embedding" in other.score(name).absent
    assert other.data["example"]["copies"] is False


def test_marks_survive_the_store():
    found = marks(BAKER, SAILOR, BAKER, among=pool(n=NURSE))
    assert Marks.from_json(found.to_json()) == found
    assert json.loads(json.dumps(found.data)) == found.data


def test_a_wrong_embedder_is_noticed():
    with pytest.raises(ValueError, match="shape"):
        Copying(embed=lambda texts: np.zeros((1, 3))).marks(story(BAKER, SAILOR))


def test_each_text_is_embedded_once():
    asked = Counter()

    def counting(texts):
        asked.update(texts)
        return embed(texts)

    copying = Copying(pool(s=SAILOR, n=NURSE), embed=counting)
    for at in range(4):
        copying.marks(story(f"{BAKER} {at}", SAILOR))
    assert asked[NURSE] <= 2  # once among all whole texts, once with its sentences
    assert asked["On the pier an old sailor mends a torn net with a wooden needle."] == 1
    assert max(asked[word] for word in ("sailor", "nurse", "baker")) == 1


def test_a_reader_forgets_what_it_can_read_again(monkeypatch):
    monkeypatch.setattr("storypainter.evaluators.copying_reading._KEPT", 2)
    reader = Reader(embed, load_pool("own"))
    first = reader.contents(BAKER)
    for text in (SAILOR, NURSE):
        reader.contents(text)
    again = reader.contents(BAKER)
    assert again is not first
    assert np.array_equal(again.sentences, first.sentences)


def test_identity_holds_what_decides_the_scores():
    plain, with_pool = Copying(embed=embed), Copying(pool(s=SAILOR), embed=embed)
    assert plain.identity != with_pool.identity
    assert with_pool.identity != Copying(pool(s=BAKER), embed=embed).identity
    assert plain.identity != Copying().identity
    assert plain.identity != Copying(embed=embed, embedding={"model": "x"}).identity
    assert plain.identity["thresholds"]["copied_run"] == COPIED_RUN
    assert json.loads(json.dumps(plain.identity)) == plain.identity


def test_an_empty_text_has_no_likeness():
    with pytest.raises(BadInput):
        Copying(embed=embed).likeness(" ", BAKER)


def desk(embedder):
    return SimpleNamespace(embedder=lambda address: embedder, pool=lambda: pool(s=SAILOR))


def test_the_factory_takes_the_desks_pool_and_the_embedded_vectors():
    model = word_vectors("", ModelOptions())
    made = create(desk(model))
    assert made.name == "copying"
    assert made.identity["embedding"] == dict(model.identity)
    assert made.marks(Story(id="a", text=SAILOR)).data["pool"]["copies"] is True


# ----------------------------------------------------------------------- findings


async def summary(*texts, examples=(SAILOR, BAKER), among=None, missing=0):
    copying = Copying(among, embed=embed)
    subjects = [Subject(at, story(text, *examples, id=f"s{at}")) for at, text in enumerate(texts)]
    marked = [(each, await copying.mark(each, None, sample="0")) for each in subjects]
    return await copying.summarise(marked, missing, None)


async def test_copies_are_counted_with_their_interval():
    found = await summary(SAILOR, BAKER, NURSE)
    share = found.score("copying_share")
    assert share.value == pytest.approx(2 / 3)
    assert share.n == 3
    assert share.interval == pytest.approx(wilson(2, 3))
    assert share.parts == pytest.approx({"example": 2 / 3})
    mean = found.score("copied_8grams")
    assert mean.value == pytest.approx(2 / 3)
    assert mean.n == 3
    assert mean.interval[0] < mean.value < mean.interval[1]


async def test_the_warning_is_one_clear_line():
    longest = len(spelled(BAKER))
    assert len(spelled(SAILOR)) <= longest
    found = await summary(SAILOR, BAKER, NURSE)
    assert found.warnings == (
        f"2 of 3 stories copy their examples (longest run {longest} words): "
        "diversity and complexity are inflated",
    )
    assert found.doubts == ("diversity", "complexity", "structure")


async def test_one_story_copies_in_the_singular():
    found = await summary(SAILOR)
    assert found.warnings[0].startswith("1 of 1 story copies its examples (")


async def test_the_pool_gets_its_own_line():
    found = await summary(NURSE, examples=(SAILOR,), among=pool(n=NURSE, b=BAKER))
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("1 of 1 story copies stories of the pool (")


async def test_no_copy_no_warning_no_doubt():
    found = await summary(NURSE, examples=(SAILOR,))
    assert found.warnings == ()
    assert found.doubts == ()
    assert found.score("copying_share").value == 0
    assert found.score("copying_share").interval[0] == 0


def judged_marks(level, copies):
    side = {"copies": copies, "level": level, "longest_common_ngram": 20}
    return Marks(data={"example": side})


def lines_for(n, copying=0, retelling=0):
    rows = []
    for at in range(n):
        level = "copies" if at < copying else "retells" if at < copying + retelling else "own"
        rows.append((Subject(at, Story(id=f"s{at}", text="x")), judged_marks(level, at < copying)))
    return findings(rows, 0, judge="offline", version="1").warnings


def test_few_copies_among_many_stories_are_no_warning():
    assert lines_for(200, copying=9) == ()
    assert len(lines_for(200, copying=10)) == 1  # the share
    assert lines_for(1000, copying=9) == ()
    assert len(lines_for(1000, copying=10)) == 1  # the number
    assert len(lines_for(20, copying=1)) == 1


def test_retelling_warns_from_a_tenth_on():
    assert lines_for(30, retelling=2) == ()
    assert lines_for(3, retelling=1) == ()
    (line,) = lines_for(30, retelling=3)
    assert line.startswith("3 of 30 stories seem to retell their examples in other words")


async def test_the_worst_stories_come_first():
    found = await summary(NURSE, SAILOR, missing=2)
    (table,) = found.tables
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    assert [row["story"] for row in rows] == ["s1", "s0"]
    assert rows[0]["source"] == "e0"
    assert rows[0]["copying"] == 1
    assert rows[0]["copied passage"] == SAILOR.rstrip(".")
    assert "2 stories could not be marked" in table.note


async def test_the_table_is_cut_and_says_so():
    found = await summary(*[f"{SAILOR} {at}" for at in range(12)])
    (table,) = found.tables
    assert len(table.rows) == 10
    assert "10 of 12 stories" in table.note


async def test_nothing_to_judge_is_absent_not_zero():
    found = await summary(NURSE, examples=())
    for score in found.scores:
        assert score.value is None
        assert score.absent
    assert found.tables == ()
    assert (await summary()).score("copying_share").n == 0


def test_findings_without_the_scores_are_absent():
    marked = [(Subject(0, Story(id="a", text="x")), Marks())]
    found = findings(marked, 0, judge="offline", version="1")
    assert all(isinstance(score, Score) and score.absent for score in found.scores)


def test_wilson_by_hand():
    # z = 1.95996; 7 of 30: centre 0.26361, half 0.14568.
    assert wilson(7, 30) == pytest.approx((0.1179, 0.4093), abs=2e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=2e-4)
    assert wilson(10, 10)[1] == 1


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_the_share(counts):
    true, n = counts
    low, high = wilson(true, n)
    assert 0 <= low <= true / n <= high <= 1


def test_the_mean_of_equal_values_has_no_interval():
    assert mean_interval([0.0, 0.0, 0.0]) is None
    assert mean_interval([0.5]) is None


def test_the_interval_of_a_mean_is_repeatable_and_holds_it():
    values = [0.0] * 9 + [1.0] * 3
    low, high = mean_interval(values)
    assert 0 <= low < 0.25 < high <= 1
    assert mean_interval(values) == (low, high)


# --------------------------------------------------------------------- known cases


def test_the_known_cases_are_what_they_say():
    cases = load_cases()
    texts = load_sources()
    assert len({case.id for case in cases}) == len(cases) >= 60
    sources = {case.source for case in cases}
    assert len(sources) >= 12
    assert sources <= texts.keys()
    assert {case.kind for case in cases} == set(RANKS)
    for case in cases:
        if case.kind == "verbatim":
            assert case.text == texts[case.source]
    by_source = Counter(case.source for case in cases)
    assert set(by_source.values()) == {8}


def test_the_halves_are_the_same_for_ever():
    tuning, held_out = halves(load_cases())
    assert sorted({case.source for case in tuning}) == [
        "own-bathhouse", "own-coffin", "own-ferry", "own-launderette",
        "own-piano", "own-python", "own-surprise", "own-ward",
    ]  # fmt: skip
    assert not {case.source for case in tuning} & {case.source for case in held_out}
    assert len(tuning) == len(held_out) == 64


def test_measures_by_hand():
    def one(kind, level, value, source="a"):
        return Judged(Case(f"{source}-{kind}", source, kind, "x"), level, value)

    found = [
        one("verbatim", Level.COPIES, 1.0),
        one("noun_changed", Level.COPIES, 1.0),
        one("retold", Level.OWN, 0.2),
        one("unrelated", Level.COPIES, 0.6),
        one("verbatim", Level.COPIES, 0.1, source="b"),
    ]
    order = ordering(found)
    assert (order.true, order.n) == (4, 6)  # a tie, and retold below unrelated
    assert ordering(found, {"verbatim": 1, "unrelated": 0}).true == 1
    exact = precision(found, Level.COPIES)
    assert (exact.true, exact.n) == (3, 4)
    assert str(exact) == "3 of 4 = 0.750 [0.301, 0.954]"
    assert recall(found, Level.RETELLS).true == 0
    assert recall(found, Level.COPIES, ["verbatim"]).n == 2
    assert precision(found, Level.RETELLS).share is None
    assert str(precision(found, Level.RETELLS)) == "none"


@pytest.fixture(scope="module")
def known():
    return judged(real(), load_cases())


def test_copies_are_told_from_everything_else(known):
    exact, complete = precision(known, Level.COPIES), recall(known, Level.COPIES)
    assert (exact.true, exact.n) == (complete.true, complete.n) == (48, 48)


def test_the_verdict_orders_the_known_cases(known):
    assert ordering(known).share >= 0.95
    easy = {"verbatim": 5, "noun_changed": 4, "paraphrased": 3, "retold": 2, "unrelated": 0}
    assert ordering(known, easy).share >= 0.99


def test_retellings_are_found_and_unrelated_stories_are_not(known):
    assert recall(known, Level.RETELLS, ["paraphrased"]).share >= 0.9
    assert recall(known, Level.RETELLS).share >= 0.7
    assert precision(known, Level.RETELLS).share >= 0.75
    assert recall(known, Level.OWN, ["unrelated"]).share == 1


def test_the_pools_stories_are_no_copies_of_each_other():
    own = load_pool("own")
    model = word_vectors("", ModelOptions())
    copying = Copying(own, embed=model.embed_array)
    found = [copying.marks(each).data["pool"] for each in own.stories[:60]]
    assert [side["nearest"] for side in found if side["copies"]] == []
    retelling = [side["nearest"] for side in found if side["level"] == Level.RETELLS]
    assert len(retelling) <= 3, retelling  # "retells" is right in four of five cases
