"""The page for narratives in a real browser: read, mark, leave, come back, save, make the table."""

from __future__ import annotations

import pytest
from chromium import chromium, downloaded
from told_sequences import sequence, told_folder

from storypainter.ratings.sheet import read_key
from storypainter.sequences.judging.people import people_table, read_marks
from storypainter.sequences.judging.sheet import write_narrative_sheet
from storypainter.sequences.judging.told import read_told

pytestmark = pytest.mark.slow

BEGIN = (
    "document.getElementById('name').value = {name!r};document.querySelector('#who button').click()"
)
MARK = "document.querySelector(`#scales input[name={name}][value='{value}']`).click()"
TEXT = "document.getElementById('{}').textContent"
CLICK = "document.getElementById('{}').click()"
CRITERIA = ("coherence", "relevance", "emotional_depth", "overall_quality")
OVER = "document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def written(tmp_path):
    rows = [sequence("s1"), sequence("s2")]
    other = [sequence("s1", ("Nothing.",) * 3), sequence("s2", ("", "<b>bold</b>", "Last."))]
    told = [
        read_told(told_folder(tmp_path / name, each), name)
        for name, each in (("alpha", rows), ("beta", other))
    ]
    return write_narrative_sheet(told, tmp_path / "sheet.html", salt="fixed")


async def mark(tab, value):
    for name in CRITERIA:
        await tab.run(MARK.format(name=name, value=value))


async def test_a_person_marks_saves_and_the_table_is_made(written, tmp_path):
    async with chromium(tmp_path) as tab:
        await tab.open(written.page)
        assert "6 stories" in await tab.run("document.body.innerText")
        await tab.run("document.querySelector('#who button').click()")
        assert "name" in await tab.run(TEXT.format("name-problem"))

        await tab.run(BEGIN.format(name='=Anna, "B"'))
        assert await tab.run(TEXT.format("where")) == "Story 1 of 6"
        assert await tab.run("document.querySelectorAll('#story img').length") == 3
        for width in (1280, 390, 320):
            await tab.resize(width, 900)
            assert await tab.run(OVER) == 0, width
        await tab.run(MARK.format(name="coherence", value=3))
        await tab.run(CLICK.format("next"))
        assert "all four" in await tab.run(TEXT.format("missing"))
        await mark(tab, 3)
        await tab.run(CLICK.format("next"))
        await tab.run(CLICK.format("skip"))
        await tab.run(CLICK.format("leave"))
        assert "1 of 6" in await tab.run(TEXT.format("end-title"))

        # Closed and opened again: the same name goes on where it stopped.
        await tab.open(written.page)
        await tab.run(BEGIN.format(name='=Anna, "B"'))
        assert await tab.run(TEXT.format("where")) == "Story 3 of 6"
        await tab.run(CLICK.format("back"))
        await tab.run(CLICK.format("back"))
        checked = "[...document.querySelectorAll('#scales :checked')].map(e => e.value)"
        assert await tab.run(checked) == ["3"] * 4
        for value in (9, 8, 7, 6, 9, 8):
            await mark(tab, value)
            await tab.run(CLICK.format("next"))
        assert "that was all" in await tab.run(TEXT.format("end-title"))
        await tab.run(CLICK.format("save"))
        file = await downloaded(tmp_path, "stories-*.csv")

        # Another name starts afresh, and has nothing to save.
        await tab.open(written.page)
        await tab.run(BEGIN.format(name="Ben"))
        assert await tab.run(TEXT.format("where")) == "Story 1 of 6"
        await tab.run(CLICK.format("leave"))
        assert await tab.run("document.getElementById('save').disabled")

        assert tab.problems == []
        assert all(url.startswith(("file:", "data:", "blob:")) for url in tab.requests)

    lines = file.read_text().splitlines()
    assert len(lines) == 1 + 6 * 4
    assert all(',"\'=Anna, ""B""",' in line for line in lines[1:])  # no spreadsheet runs it
    marks = read_marks([file], read_key(written.key))
    table, _ = people_table(marks)
    assert {row.system for row in table.rows} == {"alpha", "beta"}
    assert table.judge == "people (1 rater)"
