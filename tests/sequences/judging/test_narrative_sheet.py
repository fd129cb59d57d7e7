"""People's page and marks: blind, offline, ten points; Table 2 from the files that raters save."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace

import orjson
import pytest
from PIL import Image
from told_sequences import PARTS, sequence, told_folder

from storypainter.errors import BadInput
from storypainter.ratings.sheet import read_key
from storypainter.sequences.judging.people import people_table, read_marks
from storypainter.sequences.judging.sheet import write_narrative_sheet
from storypainter.sequences.judging.told import read_told

HEAD = "item,rater,name,value,scale_min,scale_max,scale_step,occasion\n"


@pytest.fixture
def written(tmp_path):
    rows = [sequence("s1"), sequence("s2")]
    a = read_told(told_folder(tmp_path / "alpha", rows), "alpha-system")
    other = [sequence("s1", ("Nothing.",) * 3), sequence("s2", ("</script><b>x",) * 3)]
    b = read_told(told_folder(tmp_path / "beta", other), "beta-system")
    return write_narrative_sheet([a, b], tmp_path / "sheet.html")


def data_of(page):
    text = page.read_text()
    return orjson.loads(re.search(r'id="data">(.*?)</script>', text, re.S)[1])


def test_the_page_says_nothing_of_who_told_what(written):
    text = written.page.read_text()
    for secret in ("alpha", "beta", "system", "source s1", "pictures/"):
        assert secret not in text.split('id="data">')[1].split("</script>")[0]
    data = data_of(written.page)
    assert [row["id"] for row in data["items"]] == sorted(row["id"] for row in data["items"])
    assert {entry.run for entry in read_key(written.key).items.values()} == {
        "alpha-system", "beta-system",
    }  # fmt: skip


def test_the_page_asks_for_the_papers_four_criteria_on_ten_points(written):
    data = data_of(written.page)
    assert (data["low"], data["high"], data["step"]) == (1, 10, 1)
    assert [each[0] for each in data["criteria"]] == [
        "coherence", "relevance", "emotional_depth", "overall_quality",
    ]  # fmt: skip


def test_pictures_stand_in_order_with_their_parts_and_without_metadata(written):
    data = data_of(written.page)
    item = next(row for row in data["items"] if row["frames"][0]["part"] == PARTS[0])
    assert [frame["part"] for frame in item["frames"]] == list(PARTS)
    assert len(data["pictures"]) == 3  # each once
    for uri in data["pictures"]:
        image = Image.open(io.BytesIO(base64.b64decode(uri.partition(",")[2])))
        assert not image.info.get("prompt")


def test_nothing_leaves_the_page_and_no_text_breaks_out(written):
    text = written.page.read_text()
    assert "default-src 'none'" in text
    assert text.count("</script>") == 2
    assert "http" not in re.sub(r"http-equiv|data:image[^\"]*", "", text)


def test_a_sheet_needs_two_narratives(tmp_path):
    a = read_told(told_folder(tmp_path / "a", [sequence()]))
    with pytest.raises(BadInput, match="2 narratives"):
        write_narrative_sheet([a], tmp_path / "sheet.html")
    assert not (tmp_path / "sheet.html").exists()


def test_only_so_many_are_taken_and_the_same_of_each_system(tmp_path):
    rows = [sequence(f"s{n}") for n in range(6)]
    a = read_told(told_folder(tmp_path / "a", rows))
    b = read_told(told_folder(tmp_path / "b", rows[:4]))
    sheet = write_narrative_sheet([a, b], tmp_path / "sheet.html", most=5)
    entries = read_key(sheet.key).items.values()
    of = {name: {entry.item for entry in entries if entry.run == name} for name in ("a", "b")}
    assert sheet.narratives == 4
    assert of["a"] == of["b"]


def test_the_same_sheet_again_stays_as_it_is(written, tmp_path):
    """Marks given on the first page are tied to its random ids: another page would lose them."""
    told = [
        read_told(tmp_path / "alpha", "alpha-system"),
        read_told(tmp_path / "beta", "beta-system"),
    ]
    before = written.page.read_bytes(), written.key.read_bytes()
    again = write_narrative_sheet(told, written.page)
    assert again == replace(written, kept=True)
    for others, most in ((told[:1], 40), (told, 2)):
        with pytest.raises(BadInput, match=r"sheet\.html is there already, with other things"):
            write_narrative_sheet(others, written.page, most=most)
    assert (written.page.read_bytes(), written.key.read_bytes()) == before
    written.key.unlink()
    with pytest.raises(BadInput, match=r"its key sheet\.key\.json isn't beside it"):
        write_narrative_sheet(told, written.page)


# ------------------------------------------------------------------------------- marks


def marks(written, tmp_path, values, rater="Ann", name="marks.csv"):
    key = read_key(written.key)
    lines = [HEAD]
    for opaque, entry in key.items.items():
        for criterion, value in values(entry).items():
            lines.append(f"{opaque},{rater},{criterion},{value},1,10,1,1\n")
    path = tmp_path / name
    path.write_text("".join(lines))
    return path


def all_of(value):
    return dict.fromkeys(("coherence", "relevance", "emotional_depth", "overall_quality"), value)


def test_marks_become_table_2(written, tmp_path):
    first = marks(written, tmp_path, lambda e: all_of(8 if e.run == "alpha-system" else 4))
    second = marks(
        written, tmp_path, lambda e: all_of(6 if e.run == "alpha-system" else 5), "Ben", "b.csv"
    )
    table, agreement = people_table(read_marks([first, second], read_key(written.key)))
    means = {row.system: row.cells["coherence"] for row in table.rows}
    assert means["alpha-system"].value == pytest.approx(7)
    assert means["beta-system"].value == pytest.approx(4.5)
    assert (means["alpha-system"].n, table.judge) == (2, "people (2 raters)")
    assert table.printed.rows[0][0] == "Qwen-VL"
    assert len(agreement) == 4


def test_systems_are_compared_on_what_people_marked_of_both(written, tmp_path):
    def values(entry):
        if entry.run == "beta-system" and entry.item == "s2":
            return {}
        return all_of(9 if entry.item == "s2" else 5)

    table, _ = people_table(read_marks([marks(written, tmp_path, values)], read_key(written.key)))
    cells = {row.system: row.cells["coherence"] for row in table.rows}
    assert {name: (cell.value, cell.n) for name, cell in cells.items()} == {
        "alpha-system": (5.0, 1), "beta-system": (5.0, 1),
    }  # fmt: skip
    assert table.notes[0] == (
        "Means are over the 1 sequence marked for every system "
        "(alpha-system has 2, beta-system has 1)."
    )


@pytest.mark.parametrize("bad", ["0", "11", "5.5", "ten"])
def test_marks_off_the_ten_points_are_refused(written, tmp_path, bad):
    with pytest.raises(BadInput):
        read_marks([marks(written, tmp_path, lambda e: all_of(bad))], read_key(written.key))


def test_marks_of_another_sheet_are_refused(written, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(HEAD + "ffffffff,Ann,coherence,5,1,10,1,1\n")
    with pytest.raises(BadInput, match="not on the sheet"):
        read_marks([path], read_key(written.key))


def test_a_criterion_that_nobody_asked_for_is_refused(written, tmp_path):
    with pytest.raises(BadInput, match="asks for no"):
        read_marks([marks(written, tmp_path, lambda e: {"beauty": 5})], read_key(written.key))


def test_two_different_marks_for_one_slot_are_refused(written, tmp_path):
    a = marks(written, tmp_path, lambda e: all_of(5))
    b = marks(written, tmp_path, lambda e: all_of(6), name="again.csv")
    with pytest.raises(BadInput, match="otherwise"):
        read_marks([a, b], read_key(written.key))
