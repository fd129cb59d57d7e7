from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import zipfile
from contextlib import suppress
from pathlib import Path

import orjson
import pytest
from aiohttp import web
from local_server import chat_payload, replying, serving
from narrated_sequences import bytes_of, flat, narrative, numbered, pictures_in, sequence_of

from storypainter.cli.main import run
from storypainter.cli.sequences_evaluate import command as evaluate
from storypainter.cli.sequences_tell import command
from storypainter.errors import OutOfBudget
from storypainter.models.contract import ChatRequest
from storypainter.models.rehearsal import Rehearsal
from storypainter.runs.folder import RunFolder
from storypainter.sequence import Sequence
from storypainter.sequences.judging.told import read_told
from storypainter.sequences.sets import write_set
from storypainter.sequences.telling.asked import Asked
from storypainter.sequences.telling.telling import SeerTeller
from storypainter.sequences.telling.working import Telling

KEY = "sk-canary-0123456789abcdef"


def tell(*arguments: object) -> int:
    return run(command, [str(each) for each in arguments])


def script(folder: Path, *lines: dict[str, object]) -> str:
    """The address of a rehearsal that replies these lines."""
    path = folder / "script.jsonl"
    path.write_bytes(b"\n".join(map(orjson.dumps, lines)))
    return f"rehearsal/{path}"


def set_of(folder: Path, *sequences: Sequence) -> Path:
    pictures = {
        frame.picture.file: bytes_of(0, frame) for each in sequences for frame in each.frames
    }
    write_set(folder, {"test": sequences}, pictures)
    return folder


def read_book(out: Path, name: str = "book.json") -> Sequence:
    return Sequence.from_json((out / name).read_bytes())


# ----------------------------------------------------------------------- from end to end


def test_picture_files_become_a_book(tmp_path, capsys):
    files = pictures_in(tmp_path / "in", 3)
    model = script(tmp_path, {"text": narrative(1, 2, 3)})
    out = tmp_path / "out"
    assert tell(*files, "--model", model, "--out", out) == 0
    book = read_book(out)
    assert [each.part for each in book.frames] == [f"Told part {k}." for k in (1, 2, 3)]
    assert [(out / each.picture.file).read_bytes() for each in book.frames] == [
        flat(k) for k in range(3)
    ]
    assert (book.title, book.id[:9]) == ("Red Coat", "pictures-")
    assert "Told part 2" in (out / "book.html").read_text()
    assert "Told part 2" in (out / "book.md").read_text()
    facts = orjson.loads((out / "told.json").read_bytes())
    assert facts["model"] == model
    assert facts["sequences"][0]["missing"] == []
    assert Sequence.from_json((out / "told.jsonl").read_bytes().strip()) == book
    assert f"Look at it: {out}/book.html" in capsys.readouterr().out


def test_a_folder_and_a_comic_are_read_in_their_order(tmp_path):
    folder = tmp_path / "in"
    paths = pictures_in(folder, 11)
    archive = tmp_path / "tale.cbz"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in paths:
            packed.write(path, path.name)
    reply = {"text": narrative(*range(1, 12))}
    for source, out in ((folder, tmp_path / "a"), (archive, tmp_path / "b")):
        assert tell(source, "--model", script(tmp_path, reply), "--out", out, "--quiet") == 0
        kept = [(out / each.picture.file).read_bytes() for each in read_book(out).frames]
        assert kept == [flat(k) for k in range(11)]  # 10.png comes after 9.png


def test_the_first_sequence_of_a_set_is_told_and_several_get_a_shelf(tmp_path):
    rows = tuple(sequence_of(2, id=f"walk-{k}", title=f"Walk {k}") for k in range(3))
    folder = set_of(tmp_path / "set", *rows)
    assert tell(folder, "--told", "--out", tmp_path / "one") == 0
    assert read_book(tmp_path / "one").id == "walk-0"
    assert tell(folder, "--told", "--part", "test", "-n", 3, "--out", tmp_path / "all") == 0
    assert read_book(tmp_path / "all", "book-0003.json").id == "walk-2"
    assert len((tmp_path / "all" / "told.jsonl").read_bytes().splitlines()) == 3
    shelf = (tmp_path / "all" / "index.html").read_text()
    assert 'href="./book-0002.html"' in shelf
    assert "Walk 1" in shelf


def test_told_already_needs_no_model_and_keeps_the_words(tmp_path):
    folder = set_of(tmp_path / "set", sequence_of(2))
    assert tell(folder, "--told", "--out", tmp_path / "out") == 0
    book = read_book(tmp_path / "out")
    assert [each.part for each in book.frames] == [each.part for each in sequence_of(2).frames]
    with RunFolder(tmp_path / "out", read_only=True) as kept:
        assert kept.db.value("SELECT COUNT(*) FROM calls") == 0


def test_told_already_without_some_of_its_words_says_which_and_exits_with_3(tmp_path, capsys):
    whole = sequence_of(3)
    frames = (whole.frames[0], *(f.model_copy(update={"part": ""}) for f in whole.frames[1:]))
    folder = set_of(tmp_path / "set", whole.model_copy(update={"frames": frames}))
    assert tell(folder, "--told", "--out", tmp_path / "out") == 3
    said = "pictures 2 and 3: the sequence comes without words there"
    assert said in capsys.readouterr().out
    facts = orjson.loads((tmp_path / "out" / "told.json").read_bytes())
    assert facts["sequences"][0]["reasons"] == [said]
    assert "comes without words there" in (tmp_path / "out" / "book.html").read_text()


def test_a_book_can_be_told_again_from_its_json(tmp_path):
    folder = set_of(tmp_path / "set", sequence_of(2))
    assert tell(folder, "--told", "--out", tmp_path / "one") == 0
    plain = orjson.loads((tmp_path / "one" / "book.json").read_bytes())
    plain["frames"][0]["part"] = "A teacher's own words."
    (tmp_path / "one" / "book.json").write_bytes(orjson.dumps(plain))
    done = tell(
        tmp_path / "one" / "book.json", "--told", "--title", "Ours", "--out", tmp_path / "b"
    )
    assert done == 0
    assert read_book(tmp_path / "b").frames[0].part == "A teacher's own words."
    assert read_book(tmp_path / "b").title == "Ours"


def test_a_file_with_an_unreadable_name_is_told_all_the_same(tmp_path):
    folder = os.fsencode(tmp_path) + b"/caf\xe9"
    os.mkdir(folder)  # noqa: PTH102 - pathlib takes no bytes
    files = [os.fsdecode(folder + b"/%d\xe9.png" % number) for number in (1, 2)]
    for number, file in enumerate(files):
        Path(file).write_bytes(flat(number))
    model = script(tmp_path, {"text": narrative(1, 2)})
    assert tell(*files, "--model", model, "--out", tmp_path / "a", "--quiet") == 0
    assert tell(os.fsdecode(folder), "--model", model, "--out", tmp_path / "b", "--quiet") == 0
    assert len(read_book(tmp_path / "b").frames) == 2


def test_missing_parts_are_said_and_make_the_code_3(tmp_path, capsys):
    files = pictures_in(tmp_path / "in", 2)
    model = script(tmp_path, {"text": narrative(1)}, {"text": narrative(1)})
    out = tmp_path / "out"
    assert tell(*files, "--model", model, "--out", out) == 3
    assert "picture 2: the model told no part for it" in capsys.readouterr().out
    page = (out / "book.html").read_text()
    assert "No words were told for this picture." in page
    assert "Not told: picture 2: the model told no part for it, asked twice" in page
    assert read_book(out).frames[1].part == ""


def test_one_sequence_that_fails_costs_no_other(tmp_path, capsys):
    rows = tuple(sequence_of(2, id=f"walk-{k}") for k in range(2))
    folder = set_of(tmp_path / "set", *rows)
    model = script(
        tmp_path, {"text": "I'm sorry, I can't help with this."}, {"text": narrative(1, 2)}
    )
    out = tmp_path / "out"
    assert tell(folder, "-n", 2, "--model", model, "--max-concurrency", 1, "--out", out) == 3
    said = capsys.readouterr().out
    assert "1 of 2 told" in said
    assert "I'm sorry, I can't help with this." in said
    assert not (out / "book-0001.html").exists()
    assert (out / "book-0002.html").exists()


def test_the_same_command_again_calls_nobody_and_writes_the_same_book(tmp_path):
    files = pictures_in(tmp_path / "in", 2)
    arguments = (*files, "--model", script(tmp_path, {"text": narrative(1, 2)}))
    out = tmp_path / "out"
    assert tell(*arguments, "--out", out) == 0
    first = {p.name: p.read_bytes() for p in out.glob("book.*")}
    for path in out.glob("book.*"):
        path.unlink()
    assert tell(*arguments, "--out", out) == 0
    assert {p.name: p.read_bytes() for p in out.glob("book.*")} == first
    with RunFolder(out, read_only=True) as kept:
        assert kept.db.value("SELECT COUNT(*) FROM calls") == 1


def test_the_title_is_the_one_asked_for_or_the_sources_or_the_models(tmp_path):
    folder = set_of(tmp_path / "set", sequence_of(2))
    files = pictures_in(tmp_path / "in", 2)
    model = script(tmp_path, {"text": narrative(1, 2, title="The model's")})
    for number, (source, more, title) in enumerate(
        [
            ((folder,), (), "A Walk"),
            (files, (), "The model's"),
            (files, ("--title", "Ours"), "Ours"),
        ]
    ):
        out = tmp_path / f"out{number}"
        assert tell(*source, "--model", model, *more, "--out", out, "--quiet") == 0
        assert read_book(out).title == title


def test_what_came_of_it_as_json(tmp_path, capsys):
    files = pictures_in(tmp_path / "in", 2)
    model = script(tmp_path, {"text": narrative(1)}, {"text": narrative(1)})
    assert tell(*files, "--model", model, "--out", tmp_path / "out", "--json") == 3
    plain = json.loads(capsys.readouterr().out)
    assert (plain["sequences"], plain["told"], plain["whole"], plain["calls"]) == (1, 1, 0, 2)
    assert list(plain["untold"].values()) == [
        ["picture 2: the model told no part for it, asked twice"]
    ]
    assert plain["books"] == ["book.html"]


def test_shuffled_pictures_are_told_in_their_new_order(tmp_path):
    folder = set_of(tmp_path / "set", sequence_of(4))
    model = script(tmp_path, {"text": narrative(1, 2, 3, 4)})
    out = tmp_path / "out"
    assert tell(folder, "--model", model, "--shuffle-seed", 3, "--out", out) == 0
    told = read_told(out).sequences["walk"]
    true = [frame.picture.sha256 for frame in sequence_of(4).frames]
    shown = [frame.picture.sha256 for frame in told.frames]
    assert sorted(shown) == sorted(true)
    assert all(one != two for one, two in zip(shown, true, strict=True))
    assert [frame.part for frame in told.frames] == [f"Told part {k}." for k in (1, 2, 3, 4)]
    assert read_told(out).teller.model == model


def test_the_plan_is_shown_before_anything_is_paid(tmp_path, capsys):
    files = pictures_in(tmp_path / "in", 3)
    arguments = (
        *files, "--model", "openai/any", "--price", "openai/any=2/8", "--pictures-at-once", 2,
        "--overlap", 1, "--out", tmp_path / "out", "--dry-run", "--json",
    )  # fmt: skip
    assert tell(*arguments) == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["calls"], plan["pictures"]) == (2, 4)
    # at least what four pictures of 4,000 tokens and two replies of 1,024 cost
    assert plan["most_usd"] >= (4 * 4_000 * 2 + 2 * 1_024 * 8) / 1e6
    assert tell(*arguments, "--look-first") == 0
    looking = json.loads(capsys.readouterr().out)
    # each picture is looked at by itself once, however often stretches show it
    assert (looking["calls"], looking["pictures"]) == (2 + 3, 4 + 3)
    assert looking["most_usd"] >= plan["most_usd"] + 3 * 4_000 * 2 / 1e6
    assert not (tmp_path / "out").exists()


def test_pictures_are_described_before_they_are_told(tmp_path):
    folder = set_of(tmp_path / "set", sequence_of(2))
    seen = [{"text": "A girl runs."}, {"text": "She falls."}]
    model = script(tmp_path, *seen, {"text": narrative(1, 2)})
    out = tmp_path / "out"
    assert tell(folder, "--model", model, "--look-first", "--out", out) == 0
    told = read_told(out)
    assert [frame.part for frame in told.sequences["walk"].frames] == [
        "Told part 1.", "Told part 2.",
    ]  # fmt: skip
    assert json.loads((out / "told.json").read_bytes())["asked"]["look_first"] is True


async def told_in(folder: Path, *lines: dict[str, object]) -> tuple[Telling, Rehearsal]:
    """One run over three pictures, two at once, by a model that looks first."""
    seer = Rehearsal("script", lines)
    seer.identity = {"provider": "rehearsal", "model": "script"}  # the same in every run
    asked = Asked(look_first=True, pictures_at_once=2, overlap=1)
    with RunFolder(folder) as run:
        run.begin({"asked": asked.model_dump(mode="json")}, {}, "")
        teller = SeerTeller(seer, asked, ChatRequest(()))
        telling = Telling((sequence_of(3),), bytes_of, teller, run)
        with suppress(OutOfBudget):
            await telling.work()
    return telling, seer


async def test_what_was_described_stays_so_when_the_run_goes_on(tmp_path):
    refused = {"fail": "refused", "message": "no"}
    first, seer = await told_in(
        tmp_path / "out", {"text": "A."}, refused, {"text": "C."}, {"text": narrative(1, 2)},
        {"fail": "out_of_budget", "message": "out of money"},
    )  # fmt: skip
    assert (len(seer.history), first.done) == (5, {})
    # Neither the refused picture nor the first stretch is asked for again: one reply is enough.
    second, seer = await told_in(tmp_path / "out", {"text": narrative(3)})
    assert len(seer.history) == 1
    assert second.done[0].told.parts == tuple(f"Told part {k}." for k in (1, 2, 3))
    assert second.done[0].told.notes == ("picture 2 was not described: no",)
    assert (second.stages["seen"].reused, second.stages["told"].done) == (1, 1)


# ------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--model", "llama/smollm2-135m"), "can't look at pictures"),
        (("--model", "planner"), "embedded"),
        (("--model", "nobody/m"), "unknown provider"),
        (("--model", "rehearsal", "--words-per-part", "2"), "--words-per-part"),
        (("--model", "rehearsal", "--pictures-at-once", "65"), "--pictures-at-once"),
        (("--model", "rehearsal", "--pictures-at-once", "2", "--overlap", "2"), "smaller"),
        (("--model", "openai/any", "--max-cost", "1"), "price of openai/any is unknown"),
        (("--told",), "has no narrative of its own"),
        (("--told", "--shuffle-seed", "1"), "nothing to shuffle"),
        (("--told", "--look-first"), "nobody looks first"),
        (("--model", "openai/any", "--adapter", "x"), "takes no --adapter"),
        (("--model", "rehearsal", "--style", "\udcff"), "--style is not UTF-8 text"),
        (("--told", "--model", "rehearsal"), "--model ADDRESS, or --told"),
        ((), "--model ADDRESS, or --told"),
    ],
)
def test_what_cant_work_is_one_line(tmp_path, capsys, arguments, says):
    files = pictures_in(tmp_path / "in", 2)
    assert tell(*files, *arguments, "--out", tmp_path / "out") == 2
    error = capsys.readouterr().err.strip()
    assert says in error
    assert len([line for line in error.splitlines() if not line.startswith("Help")]) == 1
    assert not (tmp_path / "out").exists()


def broken(folder: Path) -> Path:
    path = folder / "broken.png"
    path.write_bytes(flat(0)[:50])
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "nothing.png", "nothing.png can't be read"),
        (lambda folder: folder / "nothing", "is not there"),
        (broken, "broken.png"),
        (lambda folder: folder, "no"),
    ],
)
def test_sources_that_hold_no_pictures_are_named(tmp_path, capsys, make, says):
    assert tell(make(tmp_path), "--model", "rehearsal", "--out", tmp_path / "out") == 2
    assert says in capsys.readouterr().err


def test_a_part_that_is_empty_says_which_ones_are_not(tmp_path, capsys):
    folder = set_of(tmp_path / "set", sequence_of(2))
    assert tell(folder, "--told", "--part", "train", "--out", tmp_path / "out") == 2
    assert "give --part test" in capsys.readouterr().err


def test_a_picture_of_a_set_that_was_altered_is_not_told(tmp_path, capsys):
    folder = set_of(tmp_path / "set", sequence_of(2))
    file = folder / sequence_of(2).frames[1].picture.file
    file.write_bytes(flat(7))
    assert tell(folder, "--model", script(tmp_path, {"text": narrative(1, 2)}),
                "--out", tmp_path / "out") == 2  # fmt: skip
    assert "another hash" in capsys.readouterr().err
    shutil.rmtree(tmp_path / "out")
    file.unlink()
    assert tell(folder, "--told", "--out", tmp_path / "out") == 2


# ---------------------------------------------------------------------- over real HTTP


def started(*arguments: object, key: str = KEY) -> object:
    code = (
        "import sys; from storypainter.cli.main import run; "
        "from storypainter.cli.sequences_tell import command; sys.exit(run(command, sys.argv[1:]))"
    )
    return asyncio.create_subprocess_exec(
        sys.executable, "-c", code, *map(str, arguments),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "OPENAI_API_KEY": key},
    )  # fmt: skip


async def ended(process) -> tuple[int, str]:
    out, errors = await process.communicate()
    return process.returncode, (out + errors).decode()


async def test_a_server_gets_all_pictures_in_one_message_and_a_schema(tmp_path):
    files = pictures_in(tmp_path / "in", 3)
    out = tmp_path / "out"
    async with serving(replying(chat_payload(narrative(1, 2, 3)))) as server:
        code, said = await ended(
            await started(*files, "--model", "openai/any-seer", "--base-url", server.base_url,
                          "--out", out)
        )  # fmt: skip
        assert (code, len(server.seen)) == (0, 1), said
        body = server.body()
    content = body["messages"][0]["content"]
    kinds = [part["type"] for part in content]
    assert kinds.count("image_url") == 3
    assert all(
        part["image_url"]["url"].startswith("data:image/png;base64,")
        for part in content if part["type"] == "image_url"
    )  # fmt: skip
    assert body["response_format"]["json_schema"]["name"] == "narrative"
    assert "openai/any-seer (served-model)" in (out / "book.html").read_text()
    assert KEY.encode() not in b"".join(p.read_bytes() for p in out.rglob("*") if p.is_file())


async def test_a_wrong_key_stops_with_one_line_that_never_shows_it(tmp_path):
    files = pictures_in(tmp_path / "in", 2)
    answer = {"error": {"message": f"Incorrect API key provided: {KEY}", "code": "invalid_api_key"}}
    async with serving(replying(answer, 401)) as server:
        code, said = await ended(
            await started(*files, "--model", "openai/any", "--base-url", server.base_url,
                          "--out", tmp_path / "out", "--quiet")
        )  # fmt: skip
    assert code == 4
    assert len(said.strip().splitlines()) == 1
    assert "OPENAI_API_KEY" in said
    assert KEY not in said
    kept = b"".join(p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file())
    assert KEY.encode() not in kept


async def test_after_a_kill_the_same_command_pays_only_what_was_not_told(tmp_path):
    files = pictures_in(tmp_path / "in", 4)
    arrived, killed = asyncio.Event(), asyncio.Event()

    async def handler(request: web.Request) -> web.StreamResponse:
        body = orjson.loads(await request.read())
        text = "".join(p.get("text", "") for p in body["messages"][0]["content"])
        if "Picture 3:" not in text:
            return web.json_response(chat_payload(narrative(1, 2)))
        if not killed.is_set():
            arrived.set()
            await killed.wait()
        return web.json_response(chat_payload(narrative(3, 4)))

    async with serving(handler) as server:
        arguments = (
            *files, "--model", "openai/any", "--base-url", server.base_url,
            "--pictures-at-once", 2, "--overlap", 0, "--out", tmp_path / "out",
        )  # fmt: skip
        process = await started(*arguments)
        await asyncio.wait_for(arrived.wait(), 60)
        process.kill()
        await process.communicate()
        killed.set()
        before = len(server.seen)
        code, said = await ended(await started(*arguments))
        assert (code, before, len(server.seen)) == (0, 2, 3), said
    assert [each.part for each in read_book(tmp_path / "out").frames] == [
        f"Told part {k}." for k in (1, 2, 3, 4)
    ]


# ------------------------------------------------------------------- whom its training rewarded


@pytest.fixture
def adapted(tmp_path, monkeypatch):
    """A training that ``openai/judge1`` rewarded, in ``t/runs/rlj``; its adapter is not read."""
    adapter = tmp_path / "t" / "runs" / "rlj" / "adapter"
    adapter.mkdir(parents=True)
    (adapter / "adapter_config.json").write_text('{"peft_type": "LORA"}')
    (adapter / "adapter_model.safetensors").write_bytes(b"weights")
    (adapter.parent / "config.toml").write_text(
        '[asked]\nmethod = "rl"\n[reward_judge]\naddress = "openai/judge1"\nalso = ["grounded"]\n'
    )
    monkeypatch.setattr(
        "storypainter.sequences.telling.connecting.connect_teller",
        lambda address, options: Rehearsal("", ({"text": numbered(1, 2)},)),
    )
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.chdir(tmp_path / "t")
    return tmp_path


def judged(*arguments: object) -> int:
    return run(evaluate, [str(each) for each in arguments])


def test_who_rewarded_an_adapter_may_not_judge_it_when_its_training_is_gone(
    adapted, monkeypatch, capsys
):
    files = pictures_in(adapted / "in", 2)
    telling = (*files, "--model", "transformers/any/base", "--adapter", "runs/rlj/adapter")
    assert tell(*telling, "--out", "fab") == 0
    facts = orjson.loads((adapted / "t" / "fab" / "told.json").read_bytes())
    assert facts["adapter"] == "runs/rlj/adapter"
    assert len(facts["adapter_sha256"]) == 64
    (adapted / "t" / "runs" / "rlj" / "config.toml").unlink()
    assert tell(*telling, "--out", "fab") == 0  # resumed, and nothing is forgotten
    shutil.rmtree(adapted / "t" / "runs")
    monkeypatch.chdir(adapted)
    for judge in ("openai/judge1", "openai/router/Judge1"):
        assert judged("f=t/fab", "--judge", judge, "--out", "ev") == 2
        assert f"{judge} rewarded the training of 'f'" in capsys.readouterr().err
    assert judged("f=t/fab", "--out", "ev") == 0
    page = (adapted / "ev" / "tables.md").read_text()
    assert "rewarded by openai/judge1, grounded" in page
    assert "is no independent judgement" in page


def test_narratives_that_are_taken_over_bring_their_reward_judges(adapted, capsys):
    files = pictures_in(adapted / "in", 2)
    model = ("--model", "transformers/any/base", "--adapter", "runs/rlj")
    assert tell(*files, *model, "--out", "fab") == 0
    assert tell("fab/book.json", "--told", "--out", "again") == 0
    assert judged("again", "--judge", "openai/judge1", "--out", "ev") == 2
    assert "rewarded the training of 'again'" in capsys.readouterr().err
