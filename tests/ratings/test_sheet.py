"""The rating sheet as a file: blind, offline, whole; its key; refusals."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from storypainter.errors import BadInput
from storypainter.ratings.scale import Imported
from storypainter.ratings.sheet import (
    CRITERIA,
    Exhibit,
    read_key,
    repeats_of,
    with_key,
    write_sheet,
)
from storypainter.score import Rating


def png(colour: int, *, size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    """A plain picture whose metadata names its model."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Software", "secret-model-7")
    file = io.BytesIO()
    fill = (colour % 256, 90, 160) if mode == "RGB" else (colour % 256, 90, 160, 0)
    Image.new(mode, size, fill).save(file, "PNG", pnginfo=notes)
    return file.getvalue()


def shown(count: int, run: str = "run-secret") -> list[Exhibit]:
    found = []
    for at in range(count):
        data = png(at * 9)
        digest = hashlib.sha256(data).hexdigest()
        found.append(Exhibit(run, f"story-{at:05d}", digest, data))
    return found


def data_of(page: Path) -> dict:
    text = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.read_text())
    return json.loads(text.group(1))


def test_the_page_is_blind(tmp_path):
    sheet = write_sheet(shown(12), tmp_path / "sheet.html")
    text = sheet.page.read_text()
    for secret in ("run-secret", "story-000", "secret-model", *(e.sha256 for e in shown(12))):
        assert secret not in text
    pictures = [item["picture"] for item in data_of(sheet.page)["items"]]
    for uri in pictures:
        data = base64.b64decode(uri.removeprefix("data:image/jpeg;base64,"))
        assert b"secret-model" not in data
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "JPEG"
            assert "exif" not in image.info
    ids = [item["id"] for item in data_of(sheet.page)["items"]]
    assert ids == sorted(ids)
    assert len(set(ids)) == 12
    key = read_key(sheet.key)
    assert sorted(entry.item for entry in key.items.values()) == [e.item for e in shown(12)]
    assert [key.items[each].item for each in ids] != [e.item for e in shown(12)]
    assert (sheet.pictures, sheet.repeats) == (12, 2)


def test_the_same_sheet_again_stays_as_it_is(tmp_path):
    """Marks given on the first page are tied to its random ids: another page would lose them."""
    first = write_sheet(shown(4), tmp_path / "sheet.html")
    before = first.page.read_bytes(), first.key.read_bytes()
    again = write_sheet(list(reversed(shown(4))), tmp_path / "sheet.html")
    assert (first.kept, again.kept) == (False, True)
    assert (again.page, again.key, again.pictures, again.repeats) == (
        first.page, first.key, first.pictures, first.repeats,
    )  # fmt: skip
    assert (first.page.read_bytes(), first.key.read_bytes()) == before


def test_another_sheet_of_the_same_name_is_refused(tmp_path):
    first = write_sheet(shown(4), tmp_path / "sheet.html")
    before = first.page.read_bytes(), first.key.read_bytes()
    for others in (shown(5), shown(4, "run-other")):
        with pytest.raises(BadInput, match=r"sheet\.html is there already, with other things"):
            write_sheet(others, tmp_path / "sheet.html")
    assert (first.page.read_bytes(), first.key.read_bytes()) == before
    other = write_sheet(shown(4), tmp_path / "other.html")
    first.key.write_bytes(other.key.read_bytes())
    with pytest.raises(BadInput, match=r"sheet\.key\.json is not the key of the sheet\.html"):
        write_sheet(shown(4), tmp_path / "sheet.html")
    first.key.write_text("{}")
    with pytest.raises(BadInput, match=r"sheet\.key\.json is no key"):
        write_sheet(shown(4), tmp_path / "sheet.html")


def test_ids_cannot_be_worked_out(tmp_path):
    first = write_sheet(shown(3), tmp_path / "a.html")
    second = write_sheet(shown(3), tmp_path / "b.html")
    assert not set(read_key(first.key).items) & set(read_key(second.key).items)
    salted = [write_sheet(shown(3), tmp_path / f"{n}.html", salt="x").page for n in "cd"]
    assert salted[0].read_bytes() == salted[1].read_bytes()


def test_the_policy_allows_what_is_on_the_page_and_no_network(tmp_path):
    text = write_sheet(shown(2), tmp_path / "sheet.html").page.read_text()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text).group(1)
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert "unsafe" not in policy
    style = re.search(r"<style>(.*?)</style>", text, re.S).group(1)
    script = re.search(r"<script>(.*?)</script>", text, re.S).group(1)
    for part in (style, script):
        digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert not re.search(r"https?:|//[a-z]|@import|url\(|\bon[a-z]+=", text.replace(policy, ""))
    assert not re.search(r"fetch\(|XMLHttp|sendBeacon|WebSocket|innerHTML|eval\(", script)
    assert not re.search(r"\$(style|script|data)", text)  # no placeholder is left
    assert all(name in text for name, _ in CRITERIA)


def test_text_on_the_page_cannot_end_its_element(tmp_path, monkeypatch):
    hostile = (("1", "</script><script>alert(1)</script>"),)
    monkeypatch.setattr("storypainter.ratings.sheet.ANCHORS", hostile)
    page = write_sheet(shown(2), tmp_path / "sheet.html").page
    assert data_of(page)["anchors"] == [list(hostile[0])]
    assert "<script>alert" not in page.read_text()


def test_large_pictures_are_made_smaller_and_transparent_ones_white(tmp_path):
    large = png(3, size=(2048, 1000))
    clear = png(9, size=(40, 40), mode="RGBA")
    exhibits = [
        Exhibit("r", name, hashlib.sha256(data).hexdigest(), data)
        for name, data in (("large", large), ("clear", clear))
    ]
    sheet = write_sheet(exhibits, tmp_path / "sheet.html")
    key = read_key(sheet.key)
    for item in data_of(sheet.page)["items"]:
        data = base64.b64decode(item["picture"].partition(",")[2])
        with Image.open(io.BytesIO(data)) as image:
            if key.items[item["id"]].item == "large":
                assert image.size == (1024, 500)
            else:
                assert image.convert("L").getextrema()[0] > 250


def test_a_tenth_is_shown_again_and_at_least_two():
    assert [repeats_of(n) for n in (2, 5, 20, 30, 100)] == [2, 2, 2, 3, 10]


@pytest.mark.parametrize(
    ("pictures", "name", "why"),
    [
        (1, "sheet.html", "needs 2 pictures"),
        (3, "sheet.pdf", "no name for an HTML page"),
        (301, "sheet.html", "too many"),
    ],
)
def test_what_cannot_be_a_sheet(tmp_path, pictures, name, why):
    exhibits = shown(3) if pictures == 3 else shown(1) * pictures
    with pytest.raises(BadInput, match=why):
        write_sheet(exhibits, tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"<svg/>", png(1)[:60]])
def test_what_is_no_picture_is_named(tmp_path, data):
    broken = Exhibit("r", "bad-one", "0" * 64, data)
    with pytest.raises(BadInput, match="bad-one"):
        write_sheet([*shown(2), broken], tmp_path / "sheet.html")


def rating(item: str, value: float = 3) -> Imported:
    plain = Rating(item=item, rater="anna", name="semantic", value=value, scale_min=1, scale_max=5)
    return Imported(rating=plain, source="ratings.csv")


def test_the_key_gives_items_their_names_back(tmp_path):
    sheet = write_sheet([*shown(3), *shown(2, "other")], tmp_path / "sheet.html", salt="s")
    key = read_key(sheet.key)
    ratings = [rating(opaque) for opaque in key.items]
    present = {each.item: each.sha256 for each in shown(3)}
    present["story-00000"] = "f" * 64  # painted anew since: no longer what was rated
    found, others = with_key(ratings, key, present)
    assert {each.rating.item for each in found} == {"story-00001", "story-00002"}
    # Both runs hold the same pictures under the same ids here, so both count.
    assert len(found) + others == 5
    with pytest.raises(BadInput, match="not on the sheet"):
        with_key([rating("12345678")], key, present)


def test_a_file_that_is_no_key(tmp_path):
    path = tmp_path / "x.key.json"
    path.write_text('{"sheet": "a"}')
    with pytest.raises(BadInput, match="no key of a sheet"):
        read_key(path)
