"""The storybook in a real browser, from a small phone to a wide screen, and on paper."""

from __future__ import annotations

import base64

import pytest
from chromium import chromium
from narrated_sequences import flat, picture_of, sequence_of

from storypainter.sequences.book.html import book_html
from storypainter.sequences.book.pages import book_of
from storypainter.sequences.telling.told import Told, with_parts

pytestmark = pytest.mark.slow

HOSTILE = "<img src=http://canary.example/x.png><script>document.title='owned'</script>"
SIZES = ((900, 900), (1200, 500), (450, 900), (120, 120))
PARTS = ("Brief.", "A longer part. " * 30, "Some words that are told. " * 8, HOSTILE + "x" * 400)

_BROKEN = "[...document.images].filter(i => !i.complete || !i.naturalWidth).length"
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CLIPPED = """[...document.querySelectorAll('.leaf')].filter(l => {
  const page = l.getBoundingClientRect();
  return [...l.querySelectorAll('p, h1, img')].some(e => {
    const box = e.getBoundingClientRect();
    return box.left < page.left - 1 || box.right > page.right + 1 || box.bottom > page.bottom + 1;
  });
}).length"""
_COVERED = """[...document.querySelectorAll('.spread')].filter(l => {
  const words = l.querySelector('.words p:last-child').getBoundingClientRect();
  const folio = document.createRange();
  folio.selectNodeContents(l.querySelector('.folio'));
  const number = folio.getBoundingClientRect();
  return words.bottom > number.top && words.right > number.left && words.left < number.right;
}).length"""
_SIDE_BY_SIDE = """[...document.querySelectorAll('.spread')].map(l => {
  const picture = l.querySelector('img').getBoundingClientRect();
  const words = l.querySelector('.words').getBoundingClientRect();
  return words.left >= picture.right ? 'beside' : words.top >= picture.bottom ? 'below' : 'over';
})"""
_SMALLEST = (
    "Math.min(...[...document.querySelectorAll('p')].map(p => "
    "parseFloat(getComputedStyle(p).fontSize)))"
)


@pytest.fixture
def page(tmp_path):
    data = {size: flat(number, size) for number, size in enumerate(SIZES)}
    frames = tuple(
        frame.model_copy(update={"picture": picture_of(data[size], size), "caption": HOSTILE})
        for frame, size in zip(sequence_of(4).frames, SIZES, strict=True)
    )
    sequence = sequence_of(4, frames=frames, title=HOSTILE)
    told = Told(parts=PARTS, model="openai/m", at="2026-01-02")
    book = book_of(with_parts(sequence, told, tuple(f.picture for f in frames)), told)
    path = tmp_path / "book.html"
    path.write_text(book_html(book, lambda p: data[p.width, p.height]), "utf-8")
    return path


async def test_it_can_be_read_on_every_screen_and_asks_nobody(page, tmp_path):
    async with chromium(tmp_path) as tab:
        await tab.open(page, width=1280)
        assert await tab.run("document.title") == f"{HOSTILE} · storypainter"
        assert await tab.run("getComputedStyle(document.body).backgroundColor") == (
            "rgb(233, 226, 212)"  # the stylesheet was let in by its hash
        )
        for width in (320, 390, 768, 1280, 1920):
            await tab.resize(width, 900)
            assert await tab.run(_BROKEN) == 0, width
            assert await tab.run(_OVERFLOW) <= 0, width
            assert await tab.run(_CLIPPED) == 0, width
            assert await tab.run(_COVERED) == 0, width
            assert await tab.run(_SMALLEST) >= 14, width
            stands = await tab.run(_SIDE_BY_SIDE)
            wide = ["beside", "below", "beside", "beside"]
            assert stands == (wide if width >= 1280 else ["below"] * 4), width
        assert not [each for each in tab.requests if not each.startswith(("file:", "data:"))]
        assert not tab.problems


async def test_it_is_dark_in_the_dark(page, tmp_path):
    async with chromium(tmp_path) as tab:
        dark = [{"name": "prefers-color-scheme", "value": "dark"}]
        await tab.call("Emulation.setEmulatedMedia", features=dark)
        await tab.open(page)
        assert await tab.run("getComputedStyle(document.body).backgroundColor") == "rgb(18, 17, 15)"


async def test_on_paper_every_picture_has_its_page(page, tmp_path):
    async with chromium(tmp_path) as tab:
        await tab.open(page)
        printed = await tab.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    data = base64.b64decode(printed["data"])
    assert data.count(b"/Type /Page\n") == len(SIZES) + 2  # a title page and an end
