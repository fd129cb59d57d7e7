"""The Complexity evaluator: who extracts, who rates, what is absent, findings over a set."""

from __future__ import annotations

import asyncio
import hashlib
import json
from types import SimpleNamespace

import pytest
from feature_answers import ANSWERS
from memory_store import MemoryStore

from storypainter.errors import BadInput, StorypainterError
from storypainter.evaluators.catalog import BUILT_IN
from storypainter.evaluators.complexity import Complexity, create, features_of
from storypainter.evaluators.contract import Marks, Subject
from storypainter.evaluators.feature_seer import SeerExtractor
from storypainter.evaluators.features import of_chains
from storypainter.evaluators.rubric import RubricJudge
from storypainter.intervals import t_interval
from storypainter.models.calling import Caller
from storypainter.models.contract import CallFailed, ImagePart, Verdict
from storypainter.models.rehearsal import Rehearsal
from storypainter.picture import Picture
from storypainter.settings import EvaluationSpec
from storypainter.story import Chain, Dimension, Story

ASKED = ANSWERS["as asked"].text
NONE = ANSWERS["code fence"].text
PNG = b"\x89PNG\r\n\x1a\n not looked at here"
RATED = {"event": 4, "connection": 3, "clues": 5, "storytelling": 2, "interest": 3, "overall": 3.5}


class Shelf:
    """Files by their names."""

    def __init__(self, **files: bytes) -> None:
        self.files = files

    def read_file(self, relative: str) -> bytes:
        return self.files[relative]


class FakeScorer:
    """Scores a text by what it is told to; keeps what it read."""

    name = "fake:semantic"

    def __init__(self, *values: float) -> None:
        self.identity = {"weights": "fake"}
        self.values = list(values)
        self.read: list[str] = []

    def score(self, text: str) -> float:
        self.read.append(text)
        return self.values.pop(0)


def chains() -> tuple[Chain, ...]:
    return (
        Chain.from_notation("wet coat + puddle -> It rains.", Dimension.TIME),
        Chain.from_notation("wet coat + bowed head -> He is sad.", Dimension.MENTAL_STATE),
    )


def subject(index: int = 0, *, painted: bool = True, planned: bool = False) -> Subject:
    picture = Picture(
        file="a",
        sha256=hashlib.sha256(PNG).hexdigest(),
        media_type="image/png",
        width=8,
        height=8,
        painter="ink",
    )
    story = Story(
        id=f"s{index}", text="A man in the secret rain.", chains=chains() if planned else ()
    )
    return Subject(index, story, None, picture if painted else None, Shelf(a=PNG))


def seen(*texts: str, extraction: str = "cot", **more: str) -> tuple[SeerExtractor, Rehearsal]:
    seer = Rehearsal("", tuple({"text": text, **more} for text in texts))
    return SeerExtractor(seer, extraction), seer


def mark(evaluator: Complexity, each: Subject | None = None) -> Marks:
    caller = Caller(MemoryStore())
    marks = asyncio.run(evaluator.mark(each or subject(), caller, sample="0:0"))
    return Marks.from_json(marks.to_json())


def work(evaluator: Complexity, *subjects: Subject, missing: int = 0):
    async def run():
        caller = Caller(MemoryStore())
        marked = []
        for each in subjects:
            marks = await evaluator.mark(each, caller, sample=f"{each.index}:0")
            marked.append((each, Marks.from_json(marks.to_json())))
        return await evaluator.summarise(marked, missing, caller)

    return asyncio.run(run())


# ---------------------------------------------------------------------------- making it


def desk(**settings: str) -> SimpleNamespace:
    spec = EvaluationSpec(**settings)
    return SimpleNamespace(
        spec=spec, seer=lambda at: Rehearsal(at, ()), writer=lambda at: Rehearsal(at, ())
    )


def test_it_is_made_by_the_catalogue_s_name():
    assert BUILT_IN["complexity"] == "storypainter.evaluators.complexity:create"
    assert create(desk()).judge == "chains"
    made = create(desk(seer="s", rubric="w", extraction="naive"))
    assert made.judge == "rehearsal/s (naive) + rubric by rehearsal/w"
    assert made.identity["features"]["extraction"] == "naive"
    assert made.identity["rubric"]["model"]["model"] == "w"
    assert made.identity["scorer"] is None


def test_all_that_decides_is_in_the_identity():
    def identity(**settings: str):
        return json.dumps(create(desk(**settings)).identity, sort_keys=True)

    asked = [{}, {"seer": "a"}, {"seer": "b"}, {"seer": "a", "extraction": "naive"},
             {"rubric": "a"}, {"seer": "a", "rubric": "a"}]  # fmt: skip
    assert len({identity(**each) for each in asked}) == len(asked)
    one, other = (
        Complexity(scorer=FakeScorer()).identity["scorer"],
        Complexity().identity["scorer"],
    )
    assert one == {"weights": "fake"} != other


def test_a_folder_without_a_scorer_is_bad_input(tmp_path):
    with pytest.raises(BadInput, match="no scorer"):
        create(desk(scorer=str(tmp_path / "none")))


# --------------------------------------------------------------------------- one picture


def test_the_seer_sees_the_picture_and_nothing_of_the_story():
    extractor, seer = seen(ASKED)
    mark(Complexity(extractor))
    [asked] = seer.history
    assert (asked.temperature, asked.top_p, asked.schema) == (0.0, 1.0, None)
    [message] = asked.messages
    prompt, picture = message.content
    assert picture == ImagePart(PNG, "image/png")
    assert "secret" not in prompt
    for dimension in Dimension:
        assert f"{dimension.label}:" in prompt


def test_visual_clues_are_counted_with_their_dimensions():
    extractor, _ = seen(ASKED)
    marks = mark(Complexity(extractor))
    # candles, hats, red hair, nose, frosting, girl with a knife, door, dog
    clues = marks.score("visual_clues")
    assert clues.value == 8
    assert clues.parts == {
        "time": 2, "location": 0, "character_role": 0, "character_relationship": 1, "event": 3,
        "event_causal_relationship": 2, "mental_state": 0,
    }  # fmt: skip
    assert clues.judge == "rehearsal (cot)"
    assert marks.score("visual_chains").value == 5
    assert marks.score("visual_chains").parts["event"] == 2
    assert marks.score("rubric") is None
    assert marks.score("semantic_score") is None
    assert features_of(marks).text == ASKED


def test_a_picture_that_shows_nothing_has_no_clues():
    extractor, _ = seen(NONE)
    assert mark(Complexity(extractor)).score("visual_clues").value == 0.0


def test_both_judges_read_the_features():
    extractor, _ = seen(ASKED)
    writer, scorer = Rehearsal("w", ({"text": json.dumps(RATED)},)), FakeScorer(0.61)
    marks = mark(Complexity(extractor, rubric=RubricJudge(writer), scorer=scorer))
    assert marks.score("semantic_score").value == 0.61
    assert marks.score("semantic_score").judge == "rehearsal (cot) + scorer fake:semantic"
    assert scorer.read == [ASKED]
    rubric = marks.score("rubric")
    assert rubric.value == 0.625
    assert rubric.parts["clues"] == 1.0
    assert rubric.judge == "rehearsal (cot) + rubric by rehearsal/w"
    assert rubric.reason == "overall 3.5 of 5"
    assert ASKED in writer.history[0].messages[0].content


@pytest.mark.parametrize("value", [1.2, -0.1, float("nan"), float("inf")])
def test_a_score_outside_its_range_is_absent(value):
    extractor, _ = seen(ASKED)
    score = mark(Complexity(extractor, scorer=FakeScorer(value))).score("semantic_score")
    assert score.value is None
    assert "not 0 to 1" in score.absent


def test_without_a_picture_all_is_absent_and_nobody_is_asked():
    extractor, seer = seen(ASKED)
    scorer = FakeScorer()
    evaluator = Complexity(extractor, rubric=RubricJudge(Rehearsal()), scorer=scorer)
    marks = mark(evaluator, subject(painted=False, planned=True))
    assert {score.name for score in marks.scores} == {
        "semantic_score", "rubric", "visual_clues", "visual_chains",
    }  # fmt: skip
    assert {score.absent for score in marks.scores} == {"there is no picture to look at"}
    assert (seer.history, scorer.read, marks.data) == ([], [], {})


def test_another_picture_than_the_painted_one_stops():
    extractor, _ = seen(ASKED)
    each = subject()
    changed = Subject(each.index, each.story, None, each.picture, Shelf(a=PNG + b"!"))
    with pytest.raises(StorypainterError, match="not the picture"):
        mark(Complexity(extractor), changed)


def test_a_naive_extraction_is_rated_but_has_no_clues():
    extractor, _ = seen("A man sits in the rain, head bowed.", extraction="naive")
    scorer = FakeScorer(0.2)
    marks = mark(Complexity(extractor, scorer=scorer))
    assert scorer.read == ["A man sits in the rain, head bowed."]
    assert marks.score("semantic_score").value == 0.2
    assert "naive" in marks.score("visual_clues").absent


# ------------------------------------------------------------------- without a Seer


def test_without_a_seer_the_story_s_own_chains_are_the_features_and_say_so():
    scorer = FakeScorer(0.4)
    evaluator = Complexity(scorer=scorer)
    each = subject(painted=False, planned=True)
    marks = mark(evaluator, each)
    assert evaluator.judge == "chains + scorer fake:semantic"
    assert marks.score("visual_clues").judge == "chains"
    assert marks.score("visual_clues").value == 3
    assert scorer.read == [of_chains(each.story).text]
    assert features_of(marks).source == "chains"


def test_without_a_seer_and_without_chains_there_is_no_score():
    marks = mark(Complexity(), subject())
    assert {score.value for score in marks.scores} == {None}
    assert "no Seer" in marks.score("visual_clues").absent


# --------------------------------------------------------------------- unusable answers


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (ANSWERS["a refusal"].text, Verdict.REFUSED),
        (ANSWERS["no picture seen"].text, Verdict.REFUSED),
        (ANSWERS["prose instead of categories"].text, Verdict.MALFORMED),
        ("", Verdict.MALFORMED),
    ],
)
def test_an_unusable_answer_fails_the_item(text, verdict):
    extractor, _ = seen(text)
    with pytest.raises(CallFailed) as caught:
        mark(Complexity(extractor))
    assert caught.value.verdict is verdict


def test_a_filtered_answer_is_refused():
    extractor, _ = seen(ASKED, finish="content_filter")
    with pytest.raises(CallFailed) as caught:
        mark(Complexity(extractor))
    assert caught.value.verdict is Verdict.REFUSED


def test_an_answer_cut_in_its_categories_is_no_features():
    extractor, _ = seen(ANSWERS["cut in the middle"].text, finish="length")
    with pytest.raises(CallFailed) as caught:
        mark(Complexity(extractor))
    assert caught.value.verdict is Verdict.TOO_LONG


def test_a_long_description_may_lack_its_end():
    extractor, _ = seen(ASKED + " It goes on." * 20 + " It is", finish="length")
    marks = mark(Complexity(extractor))
    assert features_of(marks).notes == ("the description is cut off",)
    assert marks.score("visual_clues").value == 8


# ----------------------------------------------------------------------------- findings


def test_findings_are_means_with_intervals_and_what_is_absent():
    extractor, _ = seen(ASKED, NONE, ANSWERS["sentences without arrows"].text)
    subjects = [subject(0), subject(1), subject(2), subject(3, painted=False)]
    found = work(Complexity(extractor, scorer=FakeScorer(0.35, 0.4, 0.45)), *subjects, missing=1)
    semantic = found.score("semantic_score")
    assert semantic.value == pytest.approx(0.4)
    assert semantic.interval == pytest.approx(t_interval([0.35, 0.4, 0.45]))
    assert semantic.n == 3
    assert "1 absent" in semantic.reason
    clues = found.score("visual_clues")
    assert clues.value == pytest.approx((8 + 0 + 5) / 3)
    assert found.score("rubric").absent.startswith("nobody is named")
    assert found.warnings[0] == "1 of 5 stories could not be marked"
    assert any("no picture" in each for each in found.warnings)
    assert any("1 of 3 answers had gaps" in each for each in found.warnings)
    assert set(found.doubts) == {"semantic_score", "visual_clues", "visual_chains"}
    [table] = found.tables
    assert "means a picture" in table.title
    assert [row[0] for row in table.rows] == [each.label for each in Dimension]
    time = table.rows[0]
    low, high = t_interval([2.0, 0.0, 2.0])
    assert low < 0  # where no mean of counts can lie
    low = 0.0
    assert time == ("Time", pytest.approx(4 / 3), pytest.approx(low), pytest.approx(high),
                    pytest.approx(2 / 3), 2)  # fmt: skip


def test_an_interval_ends_where_the_score_does():
    extractor, _ = seen(ASKED, ASKED, ASKED)
    scorer = FakeScorer(1.0, 0.1, 0.9)
    found = work(Complexity(extractor, scorer=scorer), *(subject(i) for i in range(3)))
    low, high = t_interval([1.0, 0.1, 0.9])
    assert low < 0 < 1 < high
    assert found.score("semantic_score").interval == (0.0, 1.0)


def test_findings_of_the_chains_are_a_story_s():
    found = work(Complexity(), subject(0, planned=True), subject(1, planned=True))
    assert found.score("visual_clues").value == 3.0
    assert found.score("visual_clues").judge == "chains"
    assert "means a story" in found.tables[0].title
    assert found.warnings == ()


def test_findings_over_nothing():
    found = work(Complexity(), missing=3)
    assert all(score.value is None for score in found.scores)
    assert found.tables == ()
    assert found.warnings == ("3 of 3 stories could not be marked",)


def test_where_nobody_has_a_score_the_finding_says_why():
    extractor, _ = seen("A man.", "A dog.", extraction="naive")
    found = work(Complexity(extractor), subject(0), subject(1))
    assert "naive" in found.score("visual_clues").absent
    assert found.warnings == ()
