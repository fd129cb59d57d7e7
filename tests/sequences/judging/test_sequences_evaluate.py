"""``storypainter sequences evaluate``, end to end with a rehearsed judge."""

from __future__ import annotations

import csv
import io

import orjson
import pytest
from told_sequences import COLOURS, PARTS, picture, png, points, sequence, told_folder

from storypainter.cli.main import run
from storypainter.cli.sequences_evaluate import command
from storypainter.sequences.judging.order import shuffled
from storypainter.sequences.sets import split_by_source, write_set

KEYS = ("s1", "s2", "s3", "s4")


@pytest.fixture
def told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    told_folder(tmp_path / "good", [sequence(key) for key in KEYS], model="openai/teller")
    told_folder(tmp_path / "bad", [sequence(key, ("A clown juggles.",) * 3) for key in KEYS])
    return tmp_path


def own(key, first=PARTS[0]):
    """A narrative that no other sequence has: a judge is asked for it."""
    return sequence(key, (f"{first} It is day {key}.", *PARTS[1:]))


def script(path, *lines):
    path.write_bytes(b"".join(orjson.dumps(line) + b"\n" for line in lines))
    return f"rehearsal/{path.name}"


def evaluate(capsys, *arguments):
    code = run(command, [str(each) for each in arguments])
    return code, capsys.readouterr()


def tables(folder):
    plain = orjson.loads((folder / "tables.json").read_bytes())
    return {(table["name"], table["judge"]): table for table in plain["tables"]}


def test_without_a_judge_it_is_offline_and_tells_good_from_bad(told, capsys):
    code, _ = evaluate(capsys, "good", "bad", "--out", "out")
    assert code == 0
    found = tables(told / "out")
    assert set(found) == {("grounding", ""), ("surface", "")}
    cells = {row["system"]: row["cells"] for row in found["grounding", ""]["rows"]}
    assert cells["good"]["grounding"]["value"] == 1.0
    assert cells["bad"]["grounding"]["value"] == 0.0
    assert cells["good"]["grounding"]["n"] == 4
    assert "--set" in found["surface", ""]["rows"][0]["cells"]["bleu"]["absent"]


def test_a_judge_fills_tables_1_and_4_and_is_asked_once(told, capsys):
    told_folder(told / "a", [own(key) for key in KEYS])
    told_folder(told / "b", [own(key, "A clown juggles.") for key in KEYS])
    judge = script(told / "judge.jsonl", *[points(8)] * 4, *[points(3)] * 4)
    arguments = (
        "a",
        "b",
        "--max-concurrency",
        1,
        "--judge",
        judge,
        "--metrics",
        "none",
        "--out",
        "out",
        "--json",
    )
    code, captured = evaluate(capsys, *arguments)
    assert code == 0
    assert orjson.loads(captured.out)["calls"] == 8
    found = tables(told / "out")
    name = f"{judge}, seeing the pictures"
    assert {key for key, _ in found} == {"table1", "table4", "consistency"}
    cells = [row["cells"]["coherence"] for row in found["table1", name]["rows"]]
    assert sum(cell["value"] for cell in cells) == pytest.approx(11)  # four of 8, four of 3
    assert [cell["n"] for cell in cells] == [4, 4]
    assert found["table1", name]["differences"][0]["n"] == 4
    _, again = evaluate(capsys, *arguments)
    assert orjson.loads(again.out)["calls"] == 0


def test_a_refused_narrative_is_absent_and_the_rest_stand(told, capsys):
    told_folder(told / "a", [own(key) for key in KEYS])
    judge = script(told / "judge.jsonl", *[points(8)] * 3, {"fail": "refused", "message": "no"})
    code, _ = evaluate(
        capsys, "a", "--judge", judge, "--metrics", "none", "--max-concurrency", 1, "--out", "out"
    )
    assert code == 3
    cell = tables(told / "out")["table1", f"{judge}, seeing the pictures"]["rows"][0]["cells"][
        "coherence"
    ]
    assert (cell["value"], cell["n"]) == (8.0, 3)
    assert "1 absent: no" in cell["reason"]


def test_the_judge_that_rewarded_is_refused_before_anything_is_written(told, capsys):
    (told / "rl" / "adapter").mkdir(parents=True)
    (told / "rl" / "config.toml").write_text('[reward_judge]\naddress = "rehearsal"\n')
    told_folder(
        told / "mine", [sequence()], model="transformers/base", adapter=str(told / "rl/adapter")
    )
    code, captured = evaluate(capsys, "mine", "--judge", "rehearsal", "--out", "out")
    assert code == 2
    assert "rewarded the training of 'mine'" in captured.err
    assert not (told / "out").exists()
    code, _ = evaluate(capsys, "mine", "--out", "out")  # without that judge it may be measured
    assert code == 0
    assert "rewarded by rehearsal" in (told / "out" / "tables.md").read_text()


def test_an_offline_reward_of_the_same_annotations_is_said(told, capsys):
    (told / "rl" / "adapter").mkdir(parents=True)
    (told / "rl" / "config.toml").write_text('[reward_judge]\naddress = "grounded"\n')
    told_folder(
        told / "mine", [sequence()], model="transformers/base", adapter=str(told / "rl/adapter")
    )
    code, captured = evaluate(capsys, "mine", "--out", "out")
    assert code == 0
    assert "is no independent judgement" in captured.out


def test_a_set_gives_references_and_the_row_of_its_own_narratives(told, capsys):
    rows = [sequence(f"s{n}") for n in range(1, 31)]
    pictures = {picture(colour).file: png(colour) for colour in COLOURS}
    write_set(told / "set", split_by_source(rows, 0), pictures)
    code, _ = evaluate(
        capsys, "good", "--set", "set", "--part", "train", "--reference", "--out", "out"
    )
    assert code == 0
    rows = tables(told / "out")["grounding", ""]["rows"]
    assert [row["system"] for row in rows] == ["good", "reference"]


def test_shuffled_pictures_cost_whoever_looks(told, capsys):
    parts = {f.picture.sha256: p for f, p in zip(sequence().frames, PARTS, strict=True)}
    mixed = []
    for key in KEYS:
        one = shuffled(sequence(key), 1)
        frames = tuple(f.model_copy(update={"part": parts[f.picture.sha256]}) for f in one.frames)
        mixed.append(one.model_copy(update={"frames": frames}))
    told_folder(told / "mixed", mixed)
    judge = script(told / "judge.jsonl", *[points(8)] * 8)
    code, _ = evaluate(capsys, "good", "--shuffled", "good=mixed", "--judge", judge, "--out", "out")
    assert code == 0
    found = tables(told / "out")
    gaps = {each["column"]: each for each in found["order", ""]["differences"]}
    assert gaps["grounding"]["value"] > 0.5
    assert gaps["grounding"]["other"] == "good, shuffled"
    assert ("order", f"{judge}, seeing the pictures") in found


def test_ablations_fill_table_3_and_missing_rows_say_how_they_are_made(told, capsys):
    (told / "rows.toml").write_text(
        'title = "Ablations"\n'
        '[[rows]]\nlabel = "Full model"\ntold = "good"\ncommands = ["make good"]\n'
        '[[rows]]\nlabel = "w/o rewards"\ntold = "away"\ncommands = ["train sft", "tell away"]\n'
    )
    judge = script(told / "judge.jsonl", *[points(8)] * 4)
    code, _ = evaluate(capsys, "--experiment", "rows.toml", "--judge", judge, "--out", "out")
    assert code == 0
    found = tables(told / "out")
    table = found["table3", f"{judge}, seeing the pictures"]
    assert [row["system"] for row in table["rows"]] == ["Full model"]
    assert [row["system"] for row in table["published"]][1] == "w/o Instruction Tuning"
    assert ("table1", f"{judge}, seeing the pictures") not in found
    assert "train sft; tell away" in (told / "out" / "tables.md").read_text()


def test_the_ablations_that_come_along_tell_their_commands(told, capsys):
    code, captured = evaluate(capsys, "--experiment", "ablations", "--out", "out")
    assert code == 2
    assert "--train language" in captured.err
    assert "w/o instruction tuning" in captured.err


def test_a_sheet_and_its_marks(told, capsys):
    code, _ = evaluate(capsys, "good", "bad", "--sheet", "sheet.html", "--sheet-n", 4)
    assert code == 0
    key = orjson.loads((told / "sheet.key.json").read_bytes())
    lines = ["item,rater,name,value,scale_min,scale_max,scale_step,occasion"]
    for opaque, entry in key["items"].items():
        value = 9 if entry["run"] == "good" else 2
        for name in ("coherence", "relevance", "emotional_depth", "overall_quality"):
            lines.append(f"{opaque},Ann,{name},{value},1,10,1,1")
    (told / "ann.csv").write_text("\n".join(lines))
    code, _ = evaluate(capsys, "--ratings", "ann.csv", "--key", "sheet.key.json", "--out", "out")
    assert code == 0
    rows = list(csv.DictReader(io.StringIO((told / "out" / "table2.csv").read_text())))
    ours = {row["system"]: float(row["coherence"]) for row in rows if row["source"] == "ours"}
    assert ours == {"good": 9.0, "bad": 2.0}
    assert sum(row["source"] == "published" for row in rows) == 4


def test_equal_narratives_over_equal_pictures_are_judged_once(told, capsys):
    judge = script(told / "judge.jsonl", points(8))
    code, captured = evaluate(
        capsys, "good", "--judge", judge, "--metrics", "none", "--max-concurrency", 1,
        "--out", "out", "--json",
    )  # fmt: skip
    assert code == 0
    assert orjson.loads(captured.out)["calls"] == 1


def test_grounding_is_told_picture_by_picture(told, capsys):
    evaluate(capsys, "bad", "--out", "out")
    lines = [
        orjson.loads(line) for line in (told / "out/grounding.jsonl").read_bytes().splitlines()
    ]
    assert [line["sequence"] for line in lines] == list(KEYS)
    assert ["people", "clown", "no picture"] in lines[0]["pictures"][0]["made_up"]
    assert ["actions", "girl", "climbs the tree"] in lines[0]["pictures"][0]["not_named"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "TOLD"),
        (("good",), "--out"),
        (("good", "--out", "out", "--metrics", "charm"), "no metric 'charm'"),
        (("good", "--out", "out", "--ratings", "x.csv"), "--key"),
        (("good", "x=good", "y=good", "x=bad", "--out", "out"), "two systems"),
        (("good", "--out", "out", "--reference"), "--set"),
        (("good", "--out", "out", "--shuffled", "good", "--shuffled", "bad"), "belongs to no"),
        (("nowhere", "--out", "out"), "nothing told"),
        (("good", "--experiment", "x.toml", "--out", "out"), "drop TOLD"),
        (("good", "--judge", "ink", "--out", "out"), "embedded"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_made(told, capsys, arguments, said):
    code, captured = evaluate(capsys, *arguments)
    assert code == 2
    assert said in captured.err
    assert not (told / "out" / "tables.md").exists()
