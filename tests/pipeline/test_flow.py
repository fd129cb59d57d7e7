from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from storypainter import assembly
from storypainter.errors import BadInput, StorypainterError
from storypainter.pipeline import Run
from storypainter.runs.folder import RunFolder
from storypainter.runs.items import items, totals
from storypainter.settings import resolve


def plan_of(*, paint=True, environment=None, **flags):
    given = {"storyteller": "rehearsal", "painter": "rehearsal", "size": "64x64", **flags}
    return assembly.prepare(resolve(given, {}), environment or {}, paint=paint)


def work(plan, out: Path) -> Run:
    with RunFolder(out) as folder:
        asked = {**assembly.recorded(plan.spec), "n": plan.n}
        if plan.painter is None:
            asked["painter"] = ""
        folder.begin(asked, {}, "test")
        run = Run(plan, folder)
        asyncio.run(run.work())
    return run


def look(out: Path):
    with RunFolder(out, read_only=True) as folder:
        return list(items(folder)), totals(folder)


def calls(run: Run) -> int:
    return sum(count.calls for count in run.caller.counts.values())


def test_pairs_from_a_writer_and_an_illustrator(tmp_path):
    run = work(plan_of(n=4), tmp_path / "r")
    found, numbers = look(tmp_path / "r")
    assert [item.status for item in found] == ["done"] * 4
    assert len({item.story.text for item in found}) > 1
    assert all(item.picture.prompt == item.story.text for item in found)
    assert (numbers.stories, numbers.pictures, numbers.success_rate) == (4, 4, 100.0)
    assert calls(run) == 8
    origin = found[0].story.origin
    assert (origin.mode, origin.pool, len(origin.examples)) == ("cor_guided", "own", 3)
    assert origin.parameters["temperature"] == 1.0
    assert origin.parameters["frequency_penalty"] == 0.0


def test_item_k_does_not_depend_on_how_many_are_asked_for(tmp_path):
    work(plan_of(n=2), tmp_path / "a")
    work(plan_of(n=5), tmp_path / "b")
    few, many = look(tmp_path / "a")[0], look(tmp_path / "b")[0]
    examples = [[e.id for e in item.story.origin.examples] for item in many]
    assert [[e.id for e in item.story.origin.examples] for item in few] == examples[:2]
    assert len({tuple(ids) for ids in examples}) > 1


def test_asking_for_more_keeps_what_is_there(tmp_path):
    work(plan_of(n=2), tmp_path / "r")
    before = [item.story.text for item in look(tmp_path / "r")[0]]
    run = work(plan_of(n=5), tmp_path / "r")
    assert calls(run) == 6
    assert [item.story.text for item in look(tmp_path / "r")[0]][:2] == before


@pytest.mark.parametrize(
    "change",
    [
        {"temperature": 0.5},
        {"top_p": 0.9},
        {"max_tokens": 99},
        {"mode": "naive"},
        {"seed": 7},
        {"theme": "a wedding"},
        {"required": ["a dog"]},
        {"with_chains": True},
        {"examples": 2},
    ],
    ids=str,
)
def test_whatever_decides_a_story_makes_new_calls(tmp_path, change):
    work(plan_of(n=2, seed=1), tmp_path / "r")
    run = work(plan_of(n=2, **{"seed": 1, **change}), tmp_path / "r")
    assert run.caller.counts["story"].calls == 2


def test_another_pool_is_another_origin_even_for_the_same_examples(tmp_path):
    work(plan_of(n=2, pool="own"), tmp_path / "r")
    run = work(plan_of(n=2, pool="own_train"), tmp_path / "r")
    assert run.stages["story"].reused == 0
    assert {item.story.origin.pool for item in look(tmp_path / "r")[0]} == {"own_train"}


@pytest.mark.parametrize(
    "change",
    [{"size": "32x32"}, {"quality": "hd"}, {"style": "ink"}, {"background": "opaque"}],
    ids=str,
)
def test_whatever_decides_a_picture_makes_new_pictures_of_the_same_stories(tmp_path, change):
    work(plan_of(n=2), tmp_path / "r")
    run = work(plan_of(n=2, **change), tmp_path / "r")
    assert run.caller.counts["story"].calls == 0 if "story" in run.caller.counts else True
    assert run.caller.counts["picture"].calls == 2
    assert run.stages["story"].reused == 2


def test_another_base_url_is_another_model():
    teller = plan_of(storyteller="openai/m", base_url="http://a/v1", painter="rehearsal").teller
    other = plan_of(storyteller="openai/m", base_url="http://b/v1", painter="rehearsal").teller
    assert teller.inputs(0) != other.inputs(0)


def test_the_key_is_in_no_record(tmp_path):
    plan = plan_of(
        storyteller="openai/m",
        base_url="http://user:canary-word@localhost:1/v1",
        environment={"OPENAI_API_KEY": "canary-key"},
    )
    text = json.dumps(assembly.recorded(plan.spec)) + repr(plan.teller.inputs(0))
    assert "canary" not in text
    assert "http://localhost:1/v1" in text


def script(tmp_path: Path, *lines: dict) -> str:
    path = tmp_path / "script.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    return f"rehearsal/{path}"


def test_a_failed_item_costs_itself_and_is_tried_again(tmp_path):
    teller = script(
        tmp_path,
        {"text": "I'm sorry, but I can't help with that."},
        {"fail": "refused", "message": "by policy"},
    )
    flags = {"n": 3, "max_concurrency": 1, "storyteller": teller}
    run = work(plan_of(**flags), tmp_path / "r")
    found, numbers = look(tmp_path / "r")
    assert [item.status for item in found] == ["failed", "failed", "done"]
    assert [item.reason_kind for item in found] == ["refused", "refused", ""]
    assert numbers.stories_failed == 2
    assert numbers.success_rate == 100.0
    assert run.stages["story"].reasons == {"refused": 2}
    # The same command again: new calls for the failed two, although a reply of one is stored.
    plan = plan_of(**flags)
    plan.teller.writer._script = iter(())
    again = work(plan, tmp_path / "r")
    assert again.caller.counts["story"].calls == 2
    assert [item.status for item in look(tmp_path / "r")[0]] == ["done"] * 3


def test_a_picture_that_fails_leaves_its_story(tmp_path):
    painter = script(tmp_path, {"fail": "refused", "message": "moderation"})
    work(plan_of(n=2, max_concurrency=1, painter=painter), tmp_path / "r")
    found, numbers = look(tmp_path / "r")
    assert sorted(item.status for item in found) == ["done", "failed"]
    failed = next(item for item in found if item.status == "failed")
    assert failed.story is not None
    assert (failed.step, failed.reason_kind) == ("picture", "refused")
    assert numbers.success_rate == 50.0


def test_stories_without_pictures(tmp_path):
    work(plan_of(n=2, paint=False), tmp_path / "r")
    found, numbers = look(tmp_path / "r")
    assert [item.status for item in found] == ["done", "done"]
    assert numbers.success_rate is None


def test_ink_draws_what_a_writer_tells(tmp_path):
    run = work(plan_of(painter="ink", size="256x256", n=1), tmp_path / "r")
    (item,), _ = look(tmp_path / "r")
    assert item.status == "done", item.reason
    assert item.scene is not None
    assert item.picture.painter == "ink"
    assert calls(run) == 1  # the story; the lexicon needs no model


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        ({"storyteller": "planner", "mode": "naive"}, "has no mode naive"),
        ({"pool": "no-such-pool"}, "unknown pool"),
        ({"examples": 21}, "--examples: .*20"),
        ({"storyteller": "nobody/x"}, "unknown provider"),
        ({"painter": "planner"}, "embedded"),
        ({"storyteller": "ink"}, "embedded"),
        ({"painter": "openai/gpt-image-1", "quality": "hd", "size": "1024x1024"}, "quality"),
        ({"painter": "openai/dall-e-3", "background": "opaque", "size": "1024x1024"}, "background"),
        ({"template": "/no/such/file"}, "template"),
    ],
    ids=str,
)
def test_what_can_be_known_to_be_wrong_is_refused_before_anything(flags, message):
    with pytest.raises(Exception, match=message):
        plan_of(**flags)


def test_max_cost_needs_a_price():
    plan = plan_of(storyteller="openai/m", base_url="http://a/v1", max_cost=1)
    with pytest.raises(BadInput, match="price of openai/m is unknown"):
        assembly.check_ceiling(plan)


def test_a_template_and_a_style(tmp_path):
    (tmp_path / "t.md").write_text("Paint this: $story In $style, for $$5.")
    plan = plan_of(n=1, template=str(tmp_path / "t.md"), style="pencil")
    work(plan, tmp_path / "r")
    (item,), _ = look(tmp_path / "r")
    assert item.picture.prompt == f"Paint this: {item.story.text} In pencil, for $5."


@pytest.mark.parametrize("text", ["no placeholder", "$story $stroy", "$story costs $"])
def test_bad_templates(tmp_path, text):
    (tmp_path / "t.md").write_text(text)
    with pytest.raises(BadInput, match="template"):
        plan_of(template=str(tmp_path / "t.md"))


def test_a_style_line_follows_the_story(tmp_path):
    work(plan_of(n=1, style="a 1950s magazine cover"), tmp_path / "r")
    (item,), _ = look(tmp_path / "r")
    assert item.picture.prompt == item.story.text + "\n\nStyle: a 1950s magazine cover"
    assert "magazine" not in str(item.story.origin)


def test_a_defect_stops_the_run_cleanly_and_says_where_to_look(tmp_path, monkeypatch):
    plan = plan_of(n=3, max_concurrency=1)
    monkeypatch.setattr(plan.painter, "prompt", lambda story: 1 / 0)
    with pytest.raises(StorypainterError, match=r"internal error in item 1: ZeroDivisionError"):
        work(plan, tmp_path / "r")
    found, _ = look(tmp_path / "r")
    assert found[0].story is not None  # what was paid is kept
    assert [item.status for item in found] == ["pending"] * 3
