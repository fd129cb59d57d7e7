from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sources import picture, zipped

from storypainter.sequences.reading import archives
from storypainter.sequences.reading.refusals import Refused


def _fault(path: Path) -> Refused:
    with pytest.raises(Refused) as fault, archives.opened(path):
        pass
    return fault.value


def test_members_are_read_by_name(tmp_path):
    path = zipped(tmp_path / "a.zip", {"x/1.png": picture(1), "2.txt": b"two"})
    with archives.opened(path) as archive:
        assert archive.names == ["x/1.png", "2.txt"]
        assert archive.read("2.txt", 10) == b"two"
        assert "x/1.png" in archive
        with pytest.raises(Refused, match="no such file"):
            archive.read("3.txt", 10)
        with pytest.raises(Refused) as fault:
            archive.read("x/1.png", 10)
    assert fault.value.reason == "too large"


@pytest.mark.parametrize(
    "name",
    ["../out.png", "a/../../out.png", "/etc/out.png", "..\\out.png", "C:\\out.png", "C:x.png"],
)
def test_a_member_that_leads_out_refuses_the_archive(tmp_path, name):
    path = zipped(tmp_path / "a.zip", {"1.png": picture(1), name: picture(2)})
    fault = _fault(path)
    assert fault.reason == "not safe"
    assert "leads out" in fault.said
    assert not (tmp_path.parent / "out.png").exists()


def test_a_link_refuses_the_archive(tmp_path):
    link = zipfile.ZipInfo("1.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert _fault(tmp_path / "a.zip").reason == "not safe"


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = zipped(tmp_path / "a.zip", {"1.png": picture(1), "2.bmp": b"\0" * 50_000_000})
    fault = _fault(path)
    assert fault.reason == "not safe"
    assert "unpacks to 50,000,000 bytes" in fault.said


def test_many_small_bombs_are_refused_together(tmp_path):
    path = zipped(tmp_path / "a.zip", {f"{each}.bmp": b"\0" * 1_000_000 for each in range(20)})
    assert "it unpacks to 20,000,000 bytes" in _fault(path).said


def test_a_lie_about_a_size_is_found_while_reading(tmp_path):
    path = zipped(tmp_path / "a.zip", {"1.bmp": b"\0" * 3_000_000})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(mark)
        data[start + at : start + at + 4] = struct.pack("<I", 10)
    path.write_bytes(data)
    with archives.opened(path) as archive, pytest.raises(Refused) as fault:
        archive.read("1.bmp", 1000)
    assert fault.value.reason in ("unreadable", "too large")


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_ARCHIVE_MEMBERS", 3)
    path = zipped(tmp_path / "a.zip", {f"{each}.txt": b"" for each in range(4)})
    assert _fault(path).reason == "too large"


def test_an_endless_list_of_members_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "_MAX_DIRECTORY_BYTES", 70_000)
    path = zipped(tmp_path / "a.zip", {f"{each:0200}": b"" for each in range(400)})
    assert _fault(path).reason == "unreadable"


def test_a_name_that_is_there_twice_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("1.png", picture(1))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("1.png", picture(2))
    assert "is in it twice" in _fault(tmp_path / "a.zip").said


def test_a_password_is_said(tmp_path):
    path = zipped(tmp_path / "a.zip", {"1.png": picture(1)})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    assert _fault(path).reason == "locked"


def test_damage_is_said(tmp_path):
    whole = zipped(tmp_path / "a.zip", {"1.png": picture(1)}).read_bytes()
    for number, data in enumerate((b"", b"PK\x03\x04", b"no zip", whole[:-30], whole[:60])):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(data)
        assert _fault(path).reason == "unreadable"


def test_a_damaged_member_is_said(tmp_path):
    path = zipped(tmp_path / "a.zip", {"1.png": picture(1) * 20})
    data = bytearray(path.read_bytes())
    data[60:90] = bytes(30)
    path.write_bytes(data)
    with archives.opened(path) as archive, pytest.raises(Refused) as fault:
        archive.read("1.png", 10**6)
    assert fault.value.said == "damaged in the archive"


@given(st.lists(st.sampled_from(["a", "b.png", ".", "..", "", "c d"]), min_size=1, max_size=6))
def test_what_does_not_lead_out_stays_below_any_folder(parts):
    name = "/".join(parts)
    if not archives.leads_out(name):
        assert (Path("/folder") / name).resolve().is_relative_to("/folder")
