"""The Alignment evaluator: its judges, what each needs, and findings over a set."""

from __future__ import annotations

import asyncio
import hashlib
import json
from types import SimpleNamespace

import pytest
from memory_store import MemoryStore

from storypainter.errors import StorypainterError
from storypainter.evaluators.alignment import Alignment, create
from storypainter.evaluators.alignment_asking import Asking
from storypainter.evaluators.alignment_means import OF_ANSWERS, OF_SCORES
from storypainter.evaluators.contract import Marks, Subject
from storypainter.evaluators.key_point_writer import KeyPointWriter
from storypainter.intervals import t_interval
from storypainter.models.calling import Caller
from storypainter.models.rehearsal import Rehearsal
from storypainter.picture import Picture, Region
from storypainter.scene import Hold, Person, Prop, Scene, Setting
from storypainter.story import Chain, Clue, Dimension, Story

DATA = b"\x89PNG not looked at"
STORY = Story(
    id="s0",
    text="A girl with a finger on her lips holds a parcel while an old man looks at a kite.",
    chains=(
        Chain(
            dimension=Dimension.EVENT,
            clues=(
                Clue(text="the girl holds a parcel", id="a.parcel"),
                Clue(text="the girl has a forefinger on the lips", id="a.hush"),
            ),
            conclusion="The girl has a surprise for somebody.",
            id="a.doing",
        ),
        Chain(
            dimension=Dimension.MENTAL_STATE,
            clues=(Clue(text="an old man holds a kite", id="b.kite"),),
            conclusion="The old man thinks of flying.",
            id="b.feeling",
        ),
    ),
)
SCENE = Scene(
    setting=Setting(kind="park"),
    people=(
        Person(
            id="e1", role="girl", age="child", gender="female", pose="shush",
            holds=(Hold(what="e2"),),
        ),
    ),
    props=(Prop(id="e2", kind="gift box"),),
)  # fmt: skip
REGIONS = tuple(
    Region(
        element=name, kind="thing", box=(0, 0, 9, 9), visible=1, side="left", quadrant="top left"
    )
    for name in ("e1", "e2")
)


class Folder:
    """Files of a run."""

    def __init__(self, data: bytes = DATA) -> None:
        self.data = data

    def read_file(self, relative: str) -> bytes:
        return self.data


def picture(**changes) -> Picture:
    plain = {
        "file": "pictures/0.png",
        "sha256": hashlib.sha256(DATA).hexdigest(),
        "media_type": "image/png",
        "width": 9,
        "height": 9,
        "painter": "ink",
        "regions": REGIONS,
    }
    return Picture(**{**plain, **changes})


def subject(**changes) -> Subject:
    plain = {"story": STORY, "scene": SCENE, "picture": picture(), "files": Folder()}
    return Subject(0, **{**plain, **changes})


def mark(evaluator: Alignment, what: Subject) -> Marks:
    marks = asyncio.run(evaluator.mark(what, Caller(MemoryStore()), sample="0:0"))
    return Marks.from_json(marks.to_json())


def seer(*replies: str) -> Rehearsal:
    return Rehearsal("", tuple({"text": reply} for reply in replies))


def desk(**spec) -> SimpleNamespace:
    plain = {"seer": "", "key_points": "chains", "protocol": "yes_no"}
    return SimpleNamespace(
        spec=SimpleNamespace(**{**plain, **spec}),
        seer=lambda address: Rehearsal(),
        writer=lambda address: Rehearsal(),
    )


def values(marks: Marks) -> dict[str, float | None]:
    return {score.name: score.value for score in marks.scores}


# ------------------------------------------------------------------------------ judges


def test_judges_have_labels_of_their_own():
    labels = [
        create(desk()).judge,
        create(desk(seer="x")).judge,
        create(desk(seer="x", protocol="scores")).judge,
        create(desk(seer="x", key_points="y")).judge,
    ]
    assert labels == ["structure", "rehearsal", "rehearsal, scores",
                      "rehearsal, points by rehearsal"]  # fmt: skip
    # without a Seer there is nobody to give scores
    assert create(desk(protocol="scores")).judge == "structure"


def test_identity_holds_what_decides():
    structure, asked = create(desk()).identity, create(desk(seer="x")).identity
    assert structure["structure"]["words"]
    assert structure["seer"] is None
    assert asked["seer"]["prompts"]
    assert asked["seer"]["least_mass"] == 0.5
    assert asked != create(desk(seer="x", protocol="scores")).identity
    json.dumps([structure, asked])


def test_structure_answers_clues_by_the_scene_and_conclusions_through_them():
    marks = mark(Alignment(), subject())
    found = values(marks)
    assert tuple(found) == OF_ANSWERS
    assert found["alignment_clues"] == pytest.approx(2 / 3)
    assert found["alignment_event"] == 1.0
    assert found["alignment_mental_state"] == 0.0
    assert {score.judge for score in marks.scores} == {"structure"}
    points = {each["sentence"]: each for each in marks.data["points"]}
    assert points["An old man holds a kite."]["note"] == "not found: man, kite"
    assert points["The girl has a surprise for somebody."]["note"] == "through its clues"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"picture": None}, "there is no picture"),
        ({"scene": None}, "there is no Scene"),
        ({"picture": picture(regions=())}, "no Regions"),
        ({"story": STORY.model_copy(update={"chains": ()})}, "no Chains"),
    ],
)
def test_what_structure_needs(changes, why):
    marks = mark(Alignment(), subject(**changes))
    assert all(why in score.absent for score in marks.scores)
    assert len(marks.scores) == len(OF_ANSWERS)


def test_a_story_in_another_language_is_not_judged_by_english_words():
    german = STORY.model_copy(
        update={"text": "Ein alter Mann steht am Fenster und liest einen nassen Brief, neben ihm "
                "schläft ein Hund."}
    )  # fmt: skip
    assert mark(Alignment(), subject(story=german)).score("alignment").value is None


# --------------------------------------------------------------------------------- Seer


def test_a_seer_answers_every_point():
    asked = seer("yes", "no", "yes", "I can't say", "yes")
    marks = mark(Alignment(Asking(asked)), subject(scene=None))
    assert len(asked.history) == 5
    score = marks.score("alignment")
    assert score.value == pytest.approx(3 / 4)
    assert score.parts == {"points": 5, "absent": 1}
    assert score.judge == "rehearsal"
    assert marks.score("alignment_soft").value is None
    answers = [each.get("answer") for each in marks.data["points"]]
    assert answers.count("yes") == 3
    assert answers.count(None) == 1


def test_a_seer_that_gives_scores():
    plain = {each.value: None for each in Dimension}
    asked = seer(json.dumps({**plain, "event": 8, "mental_state": 2, "overall": 6}))
    marks = mark(Alignment(Asking(asked), protocol="scores"), subject())
    assert tuple(values(marks)) == OF_SCORES
    assert values(marks)["alignment_holistic"] == 0.6
    assert values(marks)["alignment_by_dimension"] == pytest.approx(0.5)
    assert len(asked.history) == 1


def test_a_writer_s_points_are_asked():
    point = {"sentence": "A girl holds a parcel.", "kind": "visible"}
    reply = {**{each.value: [] for each in Dimension}, "event": [point]}
    evaluator = Alignment(Asking(seer("no")), KeyPointWriter(seer(json.dumps(reply))))
    marks = mark(evaluator, subject(story=STORY.model_copy(update={"chains": ()})))
    assert marks.score("alignment").value == 0.0
    assert marks.score("alignment").n == 1


def test_without_a_picture_nobody_is_asked():
    asked = seer("yes")
    marks = mark(Alignment(Asking(asked)), subject(picture=None))
    assert marks.score("alignment").absent == "there is no picture"
    assert not asked.history


def test_a_picture_whose_file_can_t_be_read_is_absent_and_a_changed_one_an_error():
    assert mark(Alignment(Asking(seer())), subject(files=None)).score("alignment").value is None
    with pytest.raises(StorypainterError, match="is not the picture"):
        mark(Alignment(Asking(seer())), subject(files=Folder(b"other")))


# ---------------------------------------------------------------------------- findings


def summary(*replies: list[str], missing: int = 0):
    async def work():
        marked = []
        for index, each in enumerate(replies):
            what = Subject(index, STORY, None, picture(), Folder())
            evaluator = Alignment(Asking(seer(*each)))
            marks = await evaluator.mark(what, Caller(MemoryStore()), sample=str(index))
            marked.append((what, marks))
        return await Alignment(Asking(seer())).summarise(marked, missing, Caller(MemoryStore()))

    return asyncio.run(work())


def test_means_over_pairs():
    found = summary(["yes"] * 5, ["no"] * 5, ["yes"] * 4 + ["no"], ["?"] * 5, missing=1)
    score = found.score("alignment")
    assert score.value == pytest.approx((1 + 0 + 0.8) / 3)
    assert score.n == 3
    assert score.parts["absent"] == 2
    low, high = t_interval([1, 0, 0.8])
    assert low < 0
    assert high > 1
    assert score.interval == (0, 1)
    assert "4 absent: the story has no key point in Time" in found.score("alignment_time").absent
    tables = {table.title: table for table in found.tables}
    rows = {row[:2]: row for row in tables["Key points"].rows}
    assert rows["Event", "clue"][2:5] == (8, 6, 4)
    assert tables["Key points without an answer"].rows == (("neither yes nor no", 5),)


def test_an_interval_needs_a_spread():
    assert summary(["yes"] * 5, ["yes"] * 5).score("alignment").interval is None
    low, high = summary(*[["yes"] * 5, ["yes"] * 4 + ["no"]] * 4).score("alignment").interval
    assert (low, high) == pytest.approx(t_interval([1, 0.8] * 4))


def test_findings_over_nothing():
    found = summary(missing=3)
    assert found.score("alignment").absent == "could not be marked"
    assert found.tables == ()
