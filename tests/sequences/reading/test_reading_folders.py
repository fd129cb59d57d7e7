from __future__ import annotations

import json
import os
import re
import textwrap
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sources import built, comic, folder, image, picture, reasons, sequences

from storypainter.errors import BadInput
from storypainter.sequences.reading import annotations, choosing
from storypainter.sequences.reading.texts import clock, natural, plain
from storypainter.sequences.sets import read_set

NOTES = {
    "title": "The kite",
    "licence": "CC-BY-4.0",
    "kind": "educational",
    "characters": [{"id": "girl", "name": "the girl", "look": "in a red coat", "role": "girl"}],
    "frames": [
        {"file": "2.png", "part": "She ran.",
         "shown": [{"character": "girl", "action": "runs", "emotion": "happy"}]},
        {"file": "1.png", "caption": "A kite", "event": "The kite falls."},
        {"file": "3.png"},
    ],
    "scenes": [{"first": "2.png", "last": "1.png", "place": "meadow", "time": "morning"}],
    "captions": {"3.png": "A tree"},
    "emotions": {"2.png": {"girl": "glad"}, "3.png": {"girl": "sad"}},
    "causes": [{"cause": 0, "effect": 1, "because": "wind"}],
}  # fmt: skip

TOML = """
title = "The kite"
kind = "educational"
characters = [{id = "girl", name = "the girl"}]
[[frames]]
part = "One."
[[frames]]
part = "Two."
[[frames]]
part = "Three."
shown = [{character = "girl", emotion = "sad"}]
"""


def test_a_folder_of_pictures_is_one_sequence(tmp_path):
    album = folder(tmp_path / "album", 12)
    (album / "2.txt").write_text("A caption\nin two lines")
    (one,) = sequences(built(album))
    assert (one.kind, one.source, one.licence) == ("photographs", "album", "")
    assert [each.at for each in one.frames] == [f"{each}.png" for each in range(1, 13)]
    assert [each.caption for each in one.frames][:3] == ["", "A caption in two lines", ""]


def test_each_folder_and_each_book_is_a_sequence_of_its_own(tmp_path):
    root = tmp_path / "library"
    folder(root / "b", 3, 0)
    folder(root / "a" / "deep", 2, 4)
    comic(root / "c.cbz", 2, 7)
    (root / "Thumbs.db").write_bytes(b"x")
    (root / "readme.txt").write_text("x")
    result = built(root)
    assert [each.source for each in sequences(result)] == [
        "library/a/deep", "library/b", "library/c.cbz",
    ]  # fmt: skip
    assert dict(result.passed_over) == {".db": 1}
    assert result.refusals == ()


def test_annotations_beside_pictures(tmp_path):
    album = folder(tmp_path / "album")
    (album / "sequence.json").write_text(json.dumps(NOTES))
    (one,) = sequences(built(album))
    assert (one.title, one.licence, one.kind) == ("The kite", "CC-BY-4.0", "educational")
    assert [each.at for each in one.frames] == ["2.png", "1.png", "3.png"]
    assert [each.caption for each in one.frames] == ["", "A kite", "A tree"]
    assert [each.place for each in one.frames] == ["meadow", "meadow", ""]
    assert [[(d.action, d.emotion) for d in each.shown] for each in one.frames] == [
        [("runs", "glad")], [], [("", "sad")],
    ]  # fmt: skip
    assert one.causes[0].because == "wind"
    assert one.narrative == "She ran."


def test_annotations_in_toml_by_place(tmp_path):
    album = folder(tmp_path / "album")
    (album / "sequence.toml").write_text(TOML)
    (one,) = sequences(built(album))
    assert one.narrative == "One. Two. Three."
    assert one.frames[2].shown[0].emotion == "sad"


def test_annotations_beside_a_comic(tmp_path):
    path = comic(tmp_path / "tale.cbz", 3)
    (tmp_path / "tale.sequence.toml").write_text(TOML)
    (one,) = sequences(built(path))
    assert (one.kind, one.narrative) == ("educational", "One. Two. Three.")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"frames": [{"file": "9.png"}, {"file": "1.png"}]}, r"album, 9\.png: missing"),
        ({"frames": [{"file": "../../secret.png"}, {"file": "1.png"}]}, "missing"),
        ({"frames": [{"file": "1.png"}, {"file": "1.png"}]}, "name the same file"),
        ({"frames": [{"caption": "a"}]}, "1 frames are described, and 3 pictures are there"),
        ({"frames": [{"file": "1.png"}, {"caption": "a"}]}, "some don't"),
        ({"emotions": {"1.png": {"boy": "sad"}}}, r"1\.png: no character 'boy'"),
        ({"captions": {"7.png": "x"}}, r"no picture '7\.png'"),
        ({"scenes": [{"first": "1.png", "last": "7.png"}]}, r"scenes\[0\]: no picture"),
        ({"causes": [{"cause": 1, "effect": 1}]}, r"causes\[0\]"),
        ({"titel": "x"}, "titel"),
        ({"characters": [{"id": "a", "name": ""}]}, r"characters\[0\]\.name"),
    ],
)
def test_annotations_that_do_not_fit_name_the_fault(tmp_path, change, said):
    album = folder(tmp_path / "album")
    (album / "sequence.json").write_text(json.dumps(change))
    with pytest.raises(BadInput, match=said):
        built(album)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("sequence.json", b"{"),
        ("sequence.json", b"[1]"),
        ("sequence.json", b"\xff\xfe\xff"),
        ("sequence.json", b"[" * 100_000),
        ("sequence.toml", b"a = "),
    ],
)
def test_annotations_that_are_no_annotations(tmp_path, name, data):
    album = folder(tmp_path / "album")
    (album / name).write_bytes(data)
    with pytest.raises(BadInput, match=f"album, {name}|album/{name}"):
        built(album)


@pytest.mark.parametrize(
    ("listed", "order"),
    [
        (["1"], "12345"),
        (["2"], "12345"),
        (["5", "1"], "52341"),
        (["4", "2", "3"], "14235"),
        (["5", "4", "3", "2", "1"], "54321"),
    ],
)
def test_pictures_that_a_list_does_not_name_stay_where_they_are(tmp_path, listed, order):
    album = folder(tmp_path / "album", 5)
    notes = {"frames": [{"file": f"{each}.png", "caption": f"This is {each}."} for each in listed]}
    (album / "sequence.json").write_text(json.dumps(notes))
    result = built(album)
    (one,) = sequences(result)
    assert [each.at for each in one.frames] == [f"{each}.png" for each in order]
    assert [each.caption for each in one.frames] == [
        f"This is {each}." if each in listed else "" for each in order
    ]
    assert result.refusals == ()


@given(st.permutations(range(6)), st.integers(0, 6), st.integers(0, 3))
def test_any_list_keeps_every_picture_and_its_own_order(order, count, gone):
    def load():
        raise AssertionError

    frames = tuple(annotations.FoundFrame(at=f"{each}.png", load=load) for each in range(6))
    found = annotations.Found(name="a", source="a", kind="photographs", frames=frames)
    listed = [f"{each}.png" for each in order[:count]]
    listed[gone:gone] = ["gone.png"]
    notes = annotations.Notes(frames=tuple(annotations.FrameNotes(file=each) for each in listed))
    told = [each.at for each in annotations.noted(found, notes, "a").frames]
    assert sorted(told) == sorted([f"{each}.png" for each in range(6)] + ["gone.png"])
    assert [each for each in told if each in listed] == listed
    unnamed = [at for at in range(6) if f"{at}.png" not in listed]
    kept = [each for each in told if each != "gone.png"]
    assert [kept.index(f"{at}.png") for at in unnamed] == unnamed


def documented() -> list[str]:
    """The example of the documentation, and that of the module, as they are printed."""
    page = Path(__file__).parents[3] / "docs" / "visual_storytelling.md"
    after = page.read_text("utf-8").split("**Annotations beside pictures**", 1)[1]
    printed = re.search(r"```toml\n(.*?)```", after, re.DOTALL)
    assert printed is not None
    module = (annotations.__doc__ or "").split("::\n\n", 1)[1]
    block = re.match(r"((?:    .*\n|\n)+)", module)
    assert block is not None
    return [printed[1], textwrap.dedent(block[1])]


@pytest.mark.parametrize("number", [0, 1])
def test_the_documented_example_works_as_it_is_printed(tmp_path, number):
    album = tmp_path / "album"
    album.mkdir()
    for each in range(3):
        (album / f"0{each + 1}.png").write_bytes(picture(each))
    (album / "sequence.toml").write_text(documented()[number], encoding="utf-8")
    result = built(album)
    (one,) = sequences(result)
    assert result.refusals == ()
    assert (one.title, one.licence) == ("The lost kite", "CC-BY-4.0")
    assert [each.at for each in one.frames] == ["01.png", "02.png", "03.png"]
    assert [bool(each.caption) for each in one.frames] == [True, True, False]
    assert [(each.place, each.time, each.scene) for each in one.frames] == [
        ("meadow", "morning", 0)
    ] * 3
    assert [[(d.action, d.emotion) for d in each.shown] for each in one.frames] == [
        [("flies a kite", "happy")], [("", "sad")], [],
    ]  # fmt: skip


def test_a_missing_picture_of_a_list_is_blamed_and_no_other(tmp_path):
    album = folder(tmp_path / "album")
    notes = {
        "frames": [{"file": "9.png"}],
        "scenes": [{"first": "1.png", "last": "2.png", "place": "meadow"}],
    }
    (album / "sequence.json").write_text(json.dumps(notes))
    with pytest.raises(BadInput, match=r"album, 9\.png: missing") as error:
        built(album)
    assert "1.png" not in error.value.message
    result = built(album, skip_broken=True)
    assert [each.at for each in sequences(result)[0].frames] == ["1.png", "2.png", "3.png"]
    assert [each.where for each in result.refusals] == ["album, 9.png"]


@pytest.mark.parametrize(
    ("notes", "said"),
    [
        (
            {"frames": [{"file": "more.svg"}]},
            r"more\.svg: unsupported: it is there, and no picture",
        ),
        ({"captions": {"more.svg": "x"}}, r"captions: 'more\.svg' is no picture"),
        ({"scenes": [{"first": "1.png", "last": "more.svg"}]}, r"scenes\[0\]: 'more\.svg' is no"),
    ],
)
def test_a_file_that_is_there_is_never_called_missing(tmp_path, notes, said):
    album = folder(tmp_path / "album")
    (album / "more.svg").write_text("<svg/>")
    (album / "sequence.json").write_text(json.dumps(notes))
    with pytest.raises(BadInput, match=said):
        built(album)


def test_names_are_found_however_their_accents_and_spaces_are_written(tmp_path):
    album = folder(tmp_path / "album", 1)
    (album / unicodedata.normalize("NFD", "école.png")).write_bytes(picture(3))
    (album / "two  spaces.png").write_bytes(picture(4))
    captions = {unicodedata.normalize("NFC", "école.png"): "A school", "two  spaces.png": "Room"}
    (album / "sequence.json").write_text(json.dumps({"captions": captions}))
    (one,) = sequences(built(album))
    assert [each.caption for each in one.frames] == ["", "A school", "Room"]


def test_a_scene_that_ends_before_it_begins_is_refused(tmp_path):
    album = folder(tmp_path / "album")
    scenes = [{"first": "1.png", "last": "1.png"}, {"first": "3.png", "last": "2.png"}]
    (album / "sequence.json").write_text(json.dumps({"scenes": scenes}))
    said = r"scenes\[1\]: its last picture, '2\.png', comes before its first, '3\.png'"
    with pytest.raises(BadInput, match=said) as error:
        built(album)
    assert "\n" not in error.value.message


def test_scenes_at_the_same_place_stay_apart(tmp_path):
    album = folder(tmp_path / "album", 5)
    scenes = [
        {"first": "1.png", "last": "2.png", "place": "kitchen"},
        {"first": "3.png", "last": "4.png", "place": "kitchen"},
    ]
    (album / "sequence.json").write_text(json.dumps({"scenes": scenes}))
    out = tmp_path / "set"
    built(album, out=out)
    (one,) = read_set(out)
    assert [each.scene for each in one.frames] == [0, 0, 1, 1, None]
    assert [each.place for each in one.frames] == ["kitchen"] * 4 + [""]
    assert "| scene | 4 of 5 |" in (out / "README.md").read_text("utf-8")


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    secret = tmp_path / "secret"
    folder(secret, 3, 5)
    album = folder(tmp_path / "album")
    (album / "4.png").symlink_to(secret / "1.png")
    (album / "more").symlink_to(secret)
    (album / "gone.png").symlink_to(tmp_path / "nowhere.png")
    (album / "loop").symlink_to(album)
    result = built(album)
    (one,) = sequences(result)
    assert [each.at for each in one.frames] == ["1.png", "2.png", "3.png"]
    assert reasons(result.refusals) == [("source", "not safe")] * 4


def test_a_pipe_in_a_folder_does_not_block(tmp_path):
    album = folder(tmp_path / "album")
    os.mkfifo(album / "4.png")
    result = built(album)
    assert len(sequences(result)[0].frames) == 3
    assert reasons(result.refusals) == [("source", "unsupported")]


def test_a_broken_caption_is_said_and_the_pictures_are_read(tmp_path):
    album = folder(tmp_path / "album")
    (album / "1.txt").write_bytes(b"caf\xe9")
    result = built(album)
    assert sequences(result)[0].frames[0].caption == ""
    assert "line 1 is not UTF-8 text" in result.refusals[0].line


def test_too_few_and_too_many_pictures(tmp_path):
    album = folder(tmp_path / "album", 7)
    with pytest.raises(BadInput, match="7 usable pictures, and a sequence needs 8"):
        built(album, frames_min=8)
    with pytest.raises(BadInput, match="7 pictures, and a sequence may have 3") as error:
        built(album, frames_max=3)
    assert "--too-many" in error.value.hint


def test_a_long_sequence_is_cut_into_consecutive_ones_of_one_source(tmp_path):
    album = folder(tmp_path / "album", 7)
    pieces = sequences(built(album, frames_max=3, too_many="cut"))
    assert [[each.at for each in one.frames] for one in pieces] == [
        ["1.png", "2.png"], ["3.png", "4.png"], ["5.png", "6.png", "7.png"],
    ]  # fmt: skip
    assert len({each.source for each in pieces}) == 1
    assert len({each.id for each in pieces}) == 3


def test_causes_follow_their_pictures_when_one_is_left_out(tmp_path):
    album = folder(tmp_path / "album")
    (album / "2.png").write_bytes(b"broken")
    causes = [{"cause": 0, "effect": 2}, {"cause": 0, "effect": 1}]
    (album / "sequence.json").write_text(json.dumps({"causes": causes}))
    (one,) = sequences(built(album, skip_broken=True))
    assert [(each.cause, each.effect) for each in one.causes] == [(0, 1)]


def test_an_annotated_repetition_is_kept(tmp_path):
    album = folder(tmp_path / "album", 2)
    (album / "3.png").write_bytes(picture(0))
    (album / "3.txt").write_text("The same again")
    (one,) = sequences(built(album))
    assert len(one.frames) == 3


def test_the_same_sequence_twice_is_refused_once(tmp_path):
    folder(tmp_path / "x" / "a")
    folder(tmp_path / "x" / "b")
    result = built(tmp_path / "x")
    assert [each.source for each in sequences(result)] == ["x/a"]
    assert reasons(result.refusals) == [("sequence", "duplicate")]


def test_an_animation_in_a_folder_is_its_own_sequence(tmp_path):
    album = folder(tmp_path / "album", 2)
    image(5).save(album / "still.gif")
    image(6).save(album / "moves.gif", save_all=True, append_images=[image(7)])
    result = sequences(built(album))
    assert [(each.source, len(each.frames)) for each in result] == [
        ("album", 3), ("album/moves.gif", 2),
    ]  # fmt: skip


def test_names_that_are_no_unicode_are_read(tmp_path):
    album = tmp_path / "album"
    album.mkdir()
    for number, name in enumerate((b"\xff1.png", b"\xfe1.png")):
        with open(os.path.join(os.fsencode(album), name), "wb") as file:  # noqa: PTH118, PTH123
            file.write(picture(number))
    (one,) = sequences(built(album))
    assert len(one.to_json()) > 0
    assert len(one.frames) == 2


@pytest.mark.parametrize("name", ["one.png", "notes.docx", "nothing"])
def test_what_is_no_source_says_what_is(tmp_path, name):
    (tmp_path / name).write_bytes(picture(1))
    with pytest.raises(BadInput) as error:
        built(tmp_path / name)
    assert "folder" in error.value.hint


@given(st.lists(st.text(max_size=12), max_size=8))
def test_natural_order_is_an_order(names):
    assert sorted(names, key=natural) == sorted(sorted(names, reverse=True), key=natural)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_numbers_are_in_their_order(one, other):
    assert (natural(f"p{one}.png") < natural(f"p{other}.png")) == (one < other)


@given(st.text(max_size=80))
def test_plain_text_stays_plain(text):
    once = plain(text)
    assert plain(once) == once
    assert once.encode().decode() == once
    assert not any(each in once for each in "\n\x00\x1b\u202e")


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "0:00.00"), (12.4, "0:12.40"), (59.999, "1:00.00"), (3723.5, "1:02:03.50")],
)
def test_the_clock(seconds, said):
    assert clock(seconds) == said


def test_a_whole_story_can_not_be_cut(tmp_path):
    album = folder(tmp_path / "album", 4)
    (album / "sequence.json").write_text(
        json.dumps({"story": "One text.", "causes": [{"cause": 2, "effect": 3}]})
    )
    result = built(album, frames_max=2, too_many="cut")
    first, second = sequences(result)
    assert (first.narrative, second.narrative) == ("", "")
    assert (first.causes, [(each.cause, each.effect) for each in second.causes]) == ((), [(0, 1)])
    assert result.refusals[0].said == "its story is one text, and the source was cut"


def test_a_piece_that_is_too_short_is_refused(tmp_path):
    result = built(folder(tmp_path / "album", 3), frames_max=2, too_many="cut")
    (second,) = sequences(result)
    assert [each.at for each in second.frames] == ["2.png", "3.png"]
    assert [each.where for each in result.refusals] == ["album (1 of 2)"]


def test_two_files_of_annotations_are_one_too_many(tmp_path):
    album = folder(tmp_path / "album")
    (album / "sequence.json").write_text("{}")
    (album / "sequence.toml").write_text("")
    with pytest.raises(BadInput, match=r"both sequence\.json and sequence\.toml are there"):
        built(album)


def test_annotations_that_are_a_link_are_not_read(tmp_path):
    album = folder(tmp_path / "album")
    (tmp_path / "secret.json").write_text('{"title": "secret"}')
    (album / "sequence.json").symlink_to(tmp_path / "secret.json")
    with pytest.raises(BadInput, match="not safe"):
        built(album)


def test_an_empty_folder_has_nothing(tmp_path):
    (tmp_path / "album").mkdir()
    with pytest.raises(BadInput, match="nothing in the sources that can be read"):
        built(tmp_path / "album")


def test_folders_have_a_bottom(tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "MAX_DEPTH", 2)
    folder(tmp_path / "a")
    folder(tmp_path / "a" / "b" / "c" / "d", 3, 4)
    result = built(tmp_path / "a")
    assert [each.source for each in sequences(result)] == ["a"]
    assert reasons(result.refusals) == [("source", "too large")]


def test_a_folder_without_end_is_not_looked_through(tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "MAX_ENTRIES", 5)
    folder(tmp_path / "a", 6)
    with pytest.raises(BadInput, match="more than 5 files"):
        built(tmp_path / "a")


def test_a_text_without_end_is_not_read(tmp_path, monkeypatch):
    album = folder(tmp_path / "album")
    (album / "1.txt").write_bytes(b"a" * 9_000_000)
    result = built(album)
    assert reasons(result.refusals) == [("text", "too large")]
