"""The rating sheet in a real browser: rate everything by keyboard and mouse, save, import."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from pathlib import Path

import pytest
from chromium import chromium, downloaded
from test_sheet import shown

from storypainter.ratings.raters import consistency
from storypainter.ratings.reading import read_ratings
from storypainter.ratings.sheet import write_sheet

pytestmark = pytest.mark.slow

BEGIN = (
    "document.getElementById('name').value = {name!r};document.querySelector('#who button').click()"
)
NOW = """({where: document.getElementById('where').textContent,
    picture: document.getElementById('picture').src,
    next: document.getElementById('next').disabled,
    mark: (document.querySelector('#scale input:checked') || {}).value || null})"""
#: Text below 4.5:1, controls below 24 px, controls without a name, anything off the side.
FAULTS = """(() => {
  const light = (rgb) => { const [r, g, b] = rgb.match(/[\\d.]+/g).map(Number).map((v) => {
      v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; });
    return .2126 * r + .7152 * g + .0722 * b; };
  const behind = (e) => { for (; e; e = e.parentElement) {
      const c = getComputedStyle(e).backgroundColor; if (!/, 0\\)$/.test(c)) return c; }
    return 'rgb(255,255,255)'; };
  const seen = (e) => e.getClientRects().length > 0;
  const faults = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (own && seen(e) && !e.disabled && !['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(e.tagName)) {
      const a = light(getComputedStyle(e).color), b = light(behind(e));
      const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
      if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(1)}: ${e.textContent.slice(0, 30)}`);
    }
  }
  for (const e of document.querySelectorAll('input, button, summary')) {
    if (!seen(e)) continue;
    const box = e.getBoundingClientRect();
    if (box.height < 24 || box.width < 24) faults.push(`small: ${e.outerHTML.slice(0, 60)}`);
    const named = e.textContent.trim() || (e.labels && e.labels.length);
    if (!named) faults.push(`no name: ${e.outerHTML.slice(0, 60)}`);
  }
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) faults.push(`${over} px off the side`);
  return faults;
})()"""


async def _rate_all(tab, total: int) -> list[str]:
    """Give every picture a mark by the keyboard; returns the pictures as they were shown."""
    pictures = []
    for at in range(total):
        now = await tab.run(NOW)
        assert now["where"] == f"Picture {at + 1} of {total}"
        assert now["next"] is True
        pictures.append(now["picture"])
        await tab.press(str(at % 5 + 1))
        if at % 5 == 1:
            await tab.press(".")  # 2 becomes 2.5
        await tab.press("Enter")
    return pictures


async def _story(folder: Path) -> None:
    sheet = write_sheet(shown(12), folder / "sheet.html", salt="fixed")
    async with chromium(folder) as tab:
        await tab.open(sheet.page)
        assert "14 pictures" in await tab.run("document.body.innerText")
        await tab.run("document.querySelector('#who button').click()")
        assert "name" in await tab.run("document.getElementById('name-problem').textContent")
        assert await tab.run(FAULTS) == []

        await tab.run(BEGIN.format(name='=Anna, "B"'))
        for _ in range(3):
            await tab.press("4")
            await tab.press("Enter")
        await tab.run("document.querySelectorAll('#scale input')[8].click()")
        assert (await tab.run(NOW))["mark"] == "5"
        for width, height, zoom in ((1280, 900, 1), (390, 844, 1), (1280, 900, 2), (320, 600, 1)):
            await tab.resize(width, height, zoom=zoom)
            assert await tab.run(FAULTS) == [], (width, zoom)

        # Closed and opened again: the same name goes on where it stopped.
        await tab.open(sheet.page)
        assert await tab.run("document.getElementById('name').value") == '=Anna, "B"'
        await tab.run(BEGIN.format(name='=Anna, "B"'))
        assert (await tab.run(NOW))["where"] == "Picture 4 of 14"
        assert (await tab.run(NOW))["mark"] == "5"

        # Another name starts afresh, in another order.
        await tab.open(sheet.page)
        await tab.run(BEGIN.format(name="Ben"))
        bens = await _rate_all(tab, 14)
        assert "Thank you" in await tab.run("document.getElementById('end').innerText")
        assert len(set(bens)) == 12
        assert all(a != b for a, b in pairwise(bens))  # no repeat side by side
        await tab.run("document.getElementById('save').click()")
        file = await downloaded(folder, "*Ben.csv")

        await tab.open(sheet.page)
        await tab.run(BEGIN.format(name="Cleo"))
        await tab.run("document.getElementById('skip').click()")  # a gap
        await tab.press("1")
        await tab.run("document.getElementById('leave').click()")
        assert "1 of 14" in await tab.run("document.getElementById('end').innerText")
        await tab.run("document.getElementById('save').click()")
        partial = await downloaded(folder, "*Cleo.csv")

        await tab.open(sheet.page)
        await tab.run(BEGIN.format(name='=Anna, "B"'))
        await tab.run("document.getElementById('leave').click()")
        await tab.run("document.getElementById('save').click()")
        annas = await downloaded(folder, "*Anna-B.csv")

        assert tab.problems == []
        assert all(url.startswith(("file:", "data:", "blob:")) for url in tab.requests)

    ratings = read_ratings(file)
    assert len(ratings) == 14
    assert {each.rating.rater for each in ratings} == {"Ben"}
    assert sorted({each.rating.value for each in ratings}) == [1, 2.5, 3, 4, 5]
    again = [each for each in ratings if each.occasion == 2]
    assert len(again) == 2
    assert consistency(ratings).rows[0][:2] == ("Ben", 2)
    assert len(read_ratings(partial)) == 1
    assert "'=Anna" in annas.read_text()  # no spreadsheet runs it
    assert {each.rating.rater for each in read_ratings(annas)} == {'=Anna, "B"'}
    assert sorted(each.rating.value for each in read_ratings(annas)) == [4, 4, 4, 5]


def test_a_person_rates_saves_and_the_file_is_imported(tmp_path):
    asyncio.run(_story(tmp_path))
