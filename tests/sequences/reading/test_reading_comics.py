from __future__ import annotations

import pytest
from made_sources import built, comic, only, picture, reasons, sequences, zipped

from storypainter.errors import BadInput
from storypainter.sequences.reading.comics import read_comic
from storypainter.sequences.reading.wishes import Wishes

INFO = b"<ComicInfo><Title>The Tale</Title><LanguageISO>de</LanguageISO></ComicInfo>"


def test_pages_come_in_the_natural_order_of_their_names(tmp_path):
    names = ["p10.png", "p2.png", "P1.png", "cover.png", "b/p3.png"]
    path = zipped(tmp_path / "t.cbz", {name: picture(at) for at, name in enumerate(names)})
    found = only(read_comic(path, "t.cbz", Wishes()))
    assert [each.at for each in found.frames] == [
        "b/p3.png", "cover.png", "P1.png", "p2.png", "p10.png",
    ]  # fmt: skip


def test_comic_info_gives_title_and_language(tmp_path):
    (one,) = sequences(built(comic(tmp_path / "t.cbz", ComicInfo__xml=INFO)))
    assert (one.kind, one.title, one.language, one.source) == ("comic", "The Tale", "de", "t.cbz")
    assert len(one.frames) == 3


def test_what_is_no_page_is_passed_over(tmp_path):
    path = zipped(
        tmp_path / "t.cbz",
        {"1.png": picture(1), "2.png": picture(2), "__MACOSX/1.png": b"x", ".h.png": b"x",
         "notes.txt": b"x"},
    )  # fmt: skip
    (one,) = sequences(built(path))
    assert [each.at for each in one.frames] == ["1.png", "2.png"]


@pytest.mark.parametrize(
    "info",
    [
        b"<ComicInfo><Title>",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><ComicInfo><Title>&b;</Title>'
        b"</ComicInfo>",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><ComicInfo><Title>&a;</Title>'
        b"</ComicInfo>",
    ],
)
def test_broken_or_dangerous_comic_info_is_reported_and_the_pages_are_read(tmp_path, info):
    result = built(comic(tmp_path / "t.cbz", ComicInfo__xml=info))
    (one,) = sequences(result)
    assert one.title == ""
    assert [each.level for each in result.refusals] == ["text"]
    assert "root:" not in result.refusals[0].line


@pytest.mark.parametrize("name", ["t.cbr", "t.cbz"])
def test_rar_is_refused_with_its_reason_and_a_way_out(tmp_path, name):
    (tmp_path / name).write_bytes(b"Rar!\x1a\x07\x01\x00" + b"\0" * 50)
    with pytest.raises(BadInput) as error:
        built(tmp_path / name)
    assert "RAR" in error.value.message
    assert "unar" in error.value.hint


def test_a_broken_page_refuses_the_comic_and_names_it(tmp_path):
    path = zipped(
        tmp_path / "t.cbz", {"1.png": picture(1), "2.png": picture(2)[:60], "3.png": picture(3)}
    )
    with pytest.raises(BadInput, match=r"t\.cbz, 2\.png: unreadable"):
        built(path)
    result = built(path, skip_broken=True)
    (one,) = sequences(result)
    assert [each.at for each in one.frames] == ["1.png", "3.png"]
    assert reasons(result.refusals) == [("picture", "unreadable")]


def test_a_repeated_page_is_left_out_and_said(tmp_path):
    path = zipped(
        tmp_path / "t.cbz", {"1.png": picture(1), "2.png": picture(2), "3.bmp": picture(1, "BMP")}
    )
    result = built(path)
    assert [each.at for each in sequences(result)[0].frames] == ["1.png", "2.png"]
    assert result.refusals[0].line == (
        "t.cbz, 3.bmp: duplicate: the same pixels as 1.png; the picture was left out"
    )


def test_a_7z_archive_is_refused_with_a_way_out(tmp_path):
    (tmp_path / "t.cb7").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(50))
    with pytest.raises(BadInput, match="7z") as error:
        built(tmp_path / "t.cb7")
    assert "unpack it" in error.value.hint
