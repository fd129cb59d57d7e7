"""``storypainter sequences evaluate``, end to end with a rehearsed judge."""

from __future__ import annotations

import csv
import io

import orjson
import pytest
from told_sequences import (
    COLOURS,
    PARTS,
    looking,
    picture,
    png,
    points,
    sequence,
    told_folder,
)

from storypainter.cli.main import run
from storypainter.cli.sequences_evaluate import command
from storypainter.runs.folder import RunFolder
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


def mixed(path, keys=KEYS, *, model="openai/teller", **facts):
    """What somebody who looks tells over shuffled pictures."""
    rows = [looking(shuffled(sequence(key), 1)) for key in keys]
    return told_folder(path, rows, model=model, **facts)


def set_of(path, keys):
    """A set whose part test has these sequences, with more in its part train."""
    pictures = {picture(colour).file: png(colour) for colour in COLOURS}
    rows = {"train": (sequence("other"),), "test": tuple(sequence(key) for key in keys)}
    write_set(path, rows, pictures)


def test_shuffled_pictures_cost_whoever_looks(told, capsys):
    mixed(told / "mixed")
    judge = script(told / "judge.jsonl", *[points(8)] * 8)
    code, captured = evaluate(
        capsys, "good", "--shuffled", "good=mixed", "--judge", judge, "--out", "out"
    )
    assert code == 0
    found = tables(told / "out")
    gaps = {each["column"]: each for each in found["order", ""]["differences"]}
    assert gaps["grounding"]["value"] > 0.5
    assert gaps["grounding"]["other"] == "good, shuffled"
    assert ("order", f"{judge}, seeing the pictures") in found
    # Every narrative lost the same here, so that there is no interval; the verdict says so.
    assert "good: shuffled pictures scored lower (by the same in every sequence" in captured.out
    assert any("scored lower" in line for line in found["order", ""]["remarks"])
    assert "good: no difference shown: Coherence" in captured.out


def test_shuffled_tellings_keep_their_own_pictures_annotations_beside_a_set(told, capsys):
    mixed(told / "mixed", shuffle_seed=1)
    set_of(told / "set", KEYS)
    values = {}
    for name, more in (("by-own", ()), ("by-set", ("--set", "set"))):
        assert evaluate(capsys, "mixed", *more, "--out", name)[0] == 0
        cells = tables(told / name)["grounding", ""]["rows"][0]["cells"]
        values[name] = {column: cell["value"] for column, cell in cells.items()}
    assert values["by-own"] == values["by-set"]
    assert values["by-set"]["grounding"] == values["by-set"]["actions_recall"] == 1.0
    reports = [(told / name / "grounding.jsonl").read_bytes() for name in values]
    assert reports[0] == reports[1]


def test_grounding_told_picture_by_picture_is_by_the_sets_annotations(told, capsys):
    bare = [
        one.model_copy(update={
            "frames": tuple(f.model_copy(update={"shown": (), "caption": ""}) for f in one.frames)
        })
        for one in map(sequence, KEYS)
    ]  # fmt: skip
    told_folder(told / "bare", bare)
    set_of(told / "set", KEYS)
    evaluate(capsys, "bare", "--set", "set", "--out", "out")
    lines = (told / "out/grounding.jsonl").read_bytes().splitlines()
    named = orjson.loads(lines[0])["pictures"][0]["named"]
    assert ["actions", "girl", "climbs the tree"] in named
    assert tables(told / "out")["grounding", ""]["rows"][0]["cells"]["grounding"]["value"] == 1.0


def test_what_a_set_does_not_have_is_said(told, capsys):
    set_of(told / "set", KEYS[:3])
    code, captured = evaluate(capsys, "good", "--set", "set", "--out", "out")
    assert code == 0
    assert "good: 1 of 4 sequences aren't in that part of the set" in captured.out


def test_the_part_is_the_first_that_has_any_and_an_empty_one_is_refused(told, capsys):
    """A small set is all train: taken for test, it would be left aside in silence."""
    pictures = {picture(colour).file: png(colour) for colour in COLOURS}
    write_set(told / "set", {"train": tuple(sequence(key) for key in KEYS)}, pictures)
    code, captured = evaluate(capsys, "good", "--set", "set", "--out", "out")
    assert code == 0
    assert "aren't in that part" not in captured.out
    bleu = tables(told / "out")["surface", ""]["rows"][0]["cells"]["bleu"]
    assert bleu["absent"] == "the narratives are the references themselves"
    code, captured = evaluate(capsys, "--reference", "--set", "set", "--out", "own")
    assert code == 0
    code, captured = evaluate(capsys, "good", "--set", "set", "--part", "test", "--out", "no")
    assert code == 2
    assert "has no sequences in its part test (give --part train)" in captured.err
    assert not (told / "no").exists()


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"model": "openai/other"}, "was told by openai/other"),
        ({"shuffle_seed": None}, "wasn't told with its pictures shuffled"),
    ],
)
def test_order_sensitivity_of_two_tellers_is_refused(told, capsys, facts, said):
    mixed(told / "mixed", **facts)
    code, captured = evaluate(capsys, "good", "--shuffled", "mixed", "--out", "out")
    assert code == 2
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert not (told / "out").exists()


def test_the_judge_that_rewarded_the_shuffled_folders_teller_is_refused(told, capsys):
    """The same weights told both, but only one folder still has its training beside it."""
    for name in ("rl/adapter", "copy"):
        (told / name).mkdir(parents=True)
        (told / name / "adapter_config.json").write_text("{}")
        (told / name / "adapter_model.safetensors").write_bytes(b"weights")
    (told / "rl" / "config.toml").write_text('[reward_judge]\naddress = "rehearsal"\n')
    base = "transformers/base"
    told_folder(told / "mine", [sequence()], model=base, adapter=str(told / "copy"))
    mixed(told / "mixed", ["s1"], model=base, adapter=str(told / "rl/adapter"))
    order = ("mine", "--shuffled", "mixed")
    code, captured = evaluate(capsys, *order, "--judge", "rehearsal", "--out", "out")
    assert code == 2
    assert "rewarded the training of 'mine, shuffled'" in captured.err
    assert evaluate(capsys, *order, "--out", "out")[0] == 0


def test_rows_that_are_compared_stand_on_the_same_sequences(told, capsys):
    """Means over 6 beside means over 3 compare sequences, not systems."""
    keys = [f"s{at}" for at in range(1, 7)]
    # The first three are told better than the others: a mean over all six isn't one over three.
    rows = [sequence(key, PARTS if at < 3 else ("Nothing.",) * 3) for at, key in enumerate(keys)]
    told_folder(told / "all", rows)
    told_folder(told / "some", [sequence(key) for key in keys[:3]])
    judge = script(told / "judge.jsonl", *[points(8)] * 6)
    code, captured = evaluate(
        capsys, "all", "some", "--judge", judge, "--max-concurrency", 1, "--out", "out", "--json"
    )
    assert code == 0
    found = tables(told / "out")
    cells = {row["system"]: row["cells"]["grounding"] for row in found["grounding", ""]["rows"]}
    assert {name: (cell["value"], cell["n"]) for name, cell in cells.items()} == {
        "all": (1.0, 3), "some": (1.0, 3),
    }  # fmt: skip
    by_judge = found["table1", f"{judge}, seeing the pictures"]["rows"]
    assert [row["cells"]["coherence"]["n"] for row in by_judge] == [3, 3]
    plain = orjson.loads(captured.out)
    assert (
        "Means are over the 3 sequences told by every system (all has 6, some has 3)."
        in (plain["notes"])
    )
    assert plain["systems"] == {"all": 6, "some": 3}
    assert plain["compared"] == {"all": 3, "some": 3}
    assert plain["calls"] == 1  # equal narratives are judged once, and others not at all
    assert "all has 6, some has 3" in (told / "out/tables.md").read_text()


def test_an_order_that_cannot_be_compared_is_said(told, capsys):
    """Shuffled s1 and s2; beside a system that has told s3 and s4 alone, nothing is left of them."""
    mixed(told / "mixed", ("s1", "s2"))
    told_folder(told / "late", [sequence("s3"), sequence("s4")])
    code, captured = evaluate(capsys, "good", "late", "--shuffled", "good=mixed", "--out", "out")
    assert code == 0
    assert ("order", "") not in tables(told / "out")
    assert "good: order sensitivity isn't shown" in captured.out


def test_who_told_hardly_anything_takes_nothing_from_the_others(told, capsys):
    """An untuned base tells one sequence of four: the others' means don't shrink to that one."""
    with RunFolder(told / "base") as folder:
        folder.begin({"n": 4}, {}, "storypainter sequences tell")
    told_folder(told / "base", [sequence("s1")])
    code, captured = evaluate(capsys, "good", "bad", "base", "--out", "out")
    assert code == 0
    rows = tables(told / "out")["grounding", ""]["rows"]
    assert [row["cells"]["grounding"]["n"] for row in rows] == [4, 4, 1]
    assert "base told 1 of 4 sequences, less than half: its means are over its own" in captured.out


def test_systems_that_share_nothing_say_so(told, capsys):
    told_folder(told / "one", [sequence("s1"), sequence("s2")])
    told_folder(told / "two", [sequence("s3")])
    code, captured = evaluate(capsys, "one", "two", "--out", "out")
    assert code == 0
    assert "No sequence was told by every system (one has 2, two has 1)" in captured.out
    rows = tables(told / "out")["grounding", ""]["rows"]
    assert [row["cells"]["grounding"]["n"] for row in rows] == [2, 1]


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


def experiment(folder, **keys):
    """An experiment file of one told row, and of one that isn't told yet."""
    row = {"label": "Full model", "told": "good", "note": "All of it.", "commands": ["make"]}
    plain = {"title": "Ablations", "rows": [row, {"label": "b", "told": "away", "commands": ["c"]}]}
    row.update({key: keys.pop(key) for key in ("shuffled",) if key in keys})
    plain.update(keys)
    lines = [f"{key} = {orjson.dumps(plain[key]).decode()}" for key in plain if key != "rows"]
    for each in plain["rows"]:
        lines.append("[[rows]]")
        lines += [f"{key} = {orjson.dumps(value).decode()}" for key, value in each.items()]
    (folder / "rows.toml").write_text("\n".join(lines))
    return "rows.toml"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"set": "sett"}, "rows.toml: set = 'sett': there is no such folder"),
        ({"shuffled": "mixd"}, "rows.toml: row 'Full model': shuffled = 'mixd': nothing is told"),
    ],
)
def test_a_slip_in_an_experiments_paths_is_refused(told, capsys, keys, said):
    code, captured = evaluate(capsys, "--experiment", experiment(told, **keys), "--out", "out")
    assert code == 2
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert not (told / "out").exists()


def test_a_set_on_the_command_line_stands_in_for_the_files(told, capsys):
    set_of(told / "set", KEYS)
    file = experiment(told, set="sett")
    assert evaluate(capsys, "--experiment", file, "--set", "set", "--out", "out")[0] == 0
    file = experiment(told, set="set", part="train")
    code, captured = evaluate(capsys, "--experiment", file, "--out", "a")
    assert (code, "4 of 4 sequences aren't in that part" in captured.out) == (0, True)
    code, captured = evaluate(capsys, "--experiment", file, "--part", "test", "--out", "b")
    assert (code, "aren't in that part" in captured.out) == (0, False)


def test_notes_of_rows_stand_below_the_tables(told, capsys):
    judge = script(told / "judge.jsonl", points(8))
    code, captured = evaluate(
        capsys, "--experiment", experiment(told), "--judge", judge, "--out", "out"
    )
    assert code == 0
    assert "Full model: All of it." in captured.out
    for name in ("table3.md", "table3.tex", "grounding.md", "tables.json"):
        assert "Full model: All of it." in (told / "out" / name).read_text(), name
    assert "All of it" not in (told / "out/table4.md").read_text()


def test_the_ablations_that_come_along_tell_their_commands(told, capsys):
    code, captured = evaluate(capsys, "--experiment", "ablations", "--out", "out")
    assert code == 2
    assert "--train language" in captured.err
    assert "w/o instruction tuning: No supervised learning at all" in captured.err
    assert captured.err.index("sequences make -n 1200") < captured.err.index("Full model")


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


def test_a_sheet_is_never_written_over(told, capsys):
    files = told / "sheet.html", told / "sheet.key.json"
    evaluate(capsys, "good", "bad", "--sheet", "sheet.html")
    before = [file.read_bytes() for file in files]
    code, captured = evaluate(capsys, "good", "bad", "--sheet", "sheet.html")
    assert (code, "there already, left as it is" in captured.out) == (0, True)
    code, captured = evaluate(capsys, "good", "--sheet", "sheet.html")
    assert code == 2
    assert "sheet.html is there already, with other things to rate" in captured.err
    assert [file.read_bytes() for file in files] == before
    files[1].unlink()
    code, captured = evaluate(capsys, "good", "bad", "--sheet", "sheet.html")
    assert code == 2
    assert "sheet.key.json isn't beside it" in captured.err
    assert files[0].read_bytes() == before[0]


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
        (("--experiment", "x.toml", "--shuffled", "a=b", "--out", "out"), "drop --shuffled"),
        (("good", "bad", "--sheet", "s.html", "--judge", "rehearsal"), "drop --judge"),
        (("good", "bad", "--sheet", "s.html", "--out", "out"), "drop --out"),
        (("good", "bad", "--sheet", "s.html", "--shuffled", "good=bad"), "drop --shuffled"),
        (("good", "bad", "--sheet", "s.html", "--metrics", "none"), "drop --metrics"),
        (("good", "bad", "--sheet", "s.html", "--passes", "2"), "drop --passes"),
        (("good", "--out", "out", "--passes", "2"), "--passes is for judges"),
        (("good", "--out", "out", "--captions"), "--captions is for judges"),
    ],
)
def test_bad_input_is_one_line_and_nothing_is_made(told, capsys, arguments, said):
    code, captured = evaluate(capsys, *arguments)
    assert code == 2
    assert said in captured.err
    assert not (told / "out" / "tables.md").exists()
    assert not (told / "s.html").exists()
