"""Animations, videos and subtitles."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sources import (
    animation,
    built,
    image,
    reasons,
    sequences,
    subtitles,
    video,
)
from PIL import GifImagePlugin, Image

from storypainter.errors import BadInput
from storypainter.sequences.reading import animations
from storypainter.sequences.reading import key_frames as frames_of_videos
from storypainter.sequences.reading.choosing import Beside
from storypainter.sequences.reading.key_frames import EVEN, key_frames
from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.subtitles import Line, aligned, read_subtitles
from storypainter.sequences.reading.wishes import Wishes, spread


@pytest.mark.parametrize(("name", "form"), [("a.gif", "GIF"), ("a.webp", "WEBP")])
def test_frames_of_an_animation_without_repetitions(tmp_path, name, form):
    out = tmp_path / "set"
    result = built(animation(tmp_path / name, [1, 1, 2, 2, 2, 3, 1], form), out=out)
    (one,) = sequences(result)
    # The first picture that comes again at the end is one of the same sequence, and is left out.
    assert [(each.start, each.end) for each in one.frames] == [(0.0, 0.4), (0.4, 1.0), (1.0, 1.2)]
    assert reasons(result.refusals) == [("picture", "duplicate")]
    for number, frame in zip((1, 2, 3), one.frames, strict=True):
        with Image.open(out / frame.picture.file) as shown:
            assert shown.convert("RGB").tobytes() == image(number).tobytes()


def test_frames_that_equal_the_one_before_are_left_out(tmp_path):
    # Pillow itself never writes such a frame.
    frames = [image(number).convert("L") for number in (1, 1, 2, 2, 2)]
    blocks = [block for each in frames for block in GifImagePlugin.getdata(each, duration=100)]
    data = b"".join(GifImagePlugin.getheader(frames[0])[0] + blocks) + b";"
    (tmp_path / "a.gif").write_bytes(data)
    result = built(tmp_path / "a.gif")
    assert [(each.at, each.start, each.end) for each in sequences(result)[0].frames] == [
        ("frame 1", 0.0, 0.2), ("frame 3", 0.2, 0.5),
    ]  # fmt: skip
    assert result.refusals[0].said == "3 of 5 frames equal the one before"


def test_an_animation_that_breaks_off(tmp_path):
    whole = animation(tmp_path / "a.gif", range(6)).read_bytes()
    (tmp_path / "b.gif").write_bytes(whole[: len(whole) * 3 // 4])
    with pytest.raises(BadInput, match=r"b\.gif, frame 5: unreadable: the frame is damaged"):
        built(tmp_path / "b.gif")
    result = built(tmp_path / "b.gif", skip_broken=True)
    assert len(sequences(result)[0].frames) == 4
    assert reasons(result.refusals) == [("picture", "unreadable")]


def test_an_endless_animation_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(animations, "MAX_ANIMATION_FRAMES", 4)
    with pytest.raises(BadInput, match="too large: more than 4 frames"):
        built(animation(tmp_path / "a.gif", range(5)))


def test_a_still_gif_is_no_sequence(tmp_path):
    with pytest.raises(BadInput, match="one picture is no sequence"):
        built(animation(tmp_path / "a.gif", [1]))


def test_a_key_frame_of_each_scene(tmp_path):
    out = tmp_path / "set"
    (one,) = sequences(built(video(tmp_path / "v.avi", 4), out=out))
    assert one.kind == "video"
    assert [(each.start, each.end) for each in one.frames] == [
        (0.0, 2.5), (2.5, 5.0), (5.0, 7.5), (7.5, 10.0),
    ]  # fmt: skip
    assert [each.scene for each in one.frames] == [0, 1, 2, 3]
    colours = [(40, 40, 200), (40, 200, 40), (200, 40, 40), (40, 220, 220)]
    for frame, colour in zip(one.frames, colours, strict=True):
        minutes, seconds = frame.at.split(":")
        assert frame.start <= 60 * int(minutes) + float(seconds) < frame.end
        with Image.open(out / frame.picture.file) as shown:
            assert shown.getpixel((80, 110)) == pytest.approx(colour, abs=12)


def test_a_video_without_cuts_gives_evenly_spaced_frames_and_says_so(tmp_path):
    result = built(video(tmp_path / "v.avi", 1, 50))
    (one,) = sequences(result)
    assert [(each.start, each.end) for each in one.frames] == [
        (each, each + 1.0) for each in range(EVEN)
    ]
    assert [each.at for each in one.frames] == [f"0:0{each}.50" for each in range(EVEN)]
    assert {each.scene for each in one.frames} == {None}
    assert result.said == (f"v.avi: no cut found, {EVEN} evenly spaced frames",)


def test_a_fade_through_black_is_a_cut(tmp_path):
    (one,) = sequences(built(video(tmp_path / "v.avi", 2, 40, fade=15)))
    assert [(each.start, each.end) for each in one.frames] == [(0.0, 4.0), (4.0, 8.0)]


def test_too_many_scenes(tmp_path):
    path = video(tmp_path / "v.avi", 5, 20)
    with pytest.raises(BadInput, match="5 pictures, and a sequence may have 3"):
        built(path, frames_max=3)
    (one,) = sequences(built(path, frames_max=2, too_many="spread"))
    assert [(each.start, each.scene) for each in one.frames] == [(2.0, 1), (6.0, 3)]


def test_subtitles_are_told_with_their_scenes(tmp_path):
    path = video(tmp_path / "v.avi", 3)
    subtitles(
        tmp_path / "v.srt",
        ("00:00:00,500", "00:00:01,000", "<i>Hello</i> {\\an8}there"),
        ("00:00:02,000", "00:00:04,900", "Mostly in\nthe second"),
        ("00:00:07,000", "00:00:09,000", "Over the end"),
        ("00:00:07,500", "00:00:08,000", "At the end"),
        ("00:01:00,000", "00:01:01,000", "Late"),
    )
    result = built(path)
    (one,) = sequences(result)
    assert [each.text for each in one.frames] == [
        "Hello there", "Mostly in the second", "Over the end",
    ]  # fmt: skip
    assert result.refusals[0].line.startswith(
        "v.avi, v.srt: annotation: 2 of 5 subtitles come after the video's end (0:07.50), the first "
        "at 0:07.50; left out"
    )


def test_subtitles_that_end_before_they_begin_are_said(tmp_path):
    path = video(tmp_path / "v.avi", 2)
    subtitles(
        tmp_path / "v.srt",
        ("00:00:00,500", "00:00:01,000", "One"),
        ("00:00:02,000", "00:00:01,000", "Backwards"),
        ("00:00:03,000", "00:00:04,000", "Two"),
        ("00:01:00,000", "00:01:01,000", "Late"),
    )
    result = built(path)
    assert [each.text for each in sequences(result)[0].frames] == ["One", "Two"]
    assert [each.line for each in result.refusals] == [
        "v.avi, v.srt: annotation: 1 of 4 subtitles ends before it begins, the first at 0:02.00; "
        "left out",
        "v.avi, v.srt: annotation: 1 of 4 subtitles comes after the video's end (0:05.00), the "
        "first at 1:00.00; left out",
    ]


def test_subtitles_that_all_end_before_they_begin_are_said(tmp_path):
    path = video(tmp_path / "v.avi", 2)
    backwards = ("00:00:02,000", "00:00:01,000")
    subtitles(tmp_path / "v.srt", (*backwards, "One"), (*backwards, "Two"), (*backwards, "<i></i>"))
    result = built(path)
    assert [each.text for each in sequences(result)[0].frames] == ["", ""]
    assert "2 of 3 subtitles end before they begin" in result.refusals[0].line


def test_subtitles_that_are_given(tmp_path):
    path = video(tmp_path / "v.avi", 2)
    spoken = tmp_path / "said.vtt"
    spoken.write_text("WEBVTT\n\n00:03.000 --> 00:04.000\nHi\n")
    (one,) = sequences(built(path, beside=Beside(subtitles=spoken)))
    assert [each.text for each in one.frames] == ["", "Hi"]
    other = video(tmp_path / "w.avi", 2)
    with pytest.raises(BadInput, match="--subtitles is for one video, and the sources have 2"):
        built(path, other, beside=Beside(subtitles=spoken))


@pytest.mark.parametrize("data", [b"", b"no subtitles", b"\xe9t\xe9", b"1\n99:99 --> x\nhm\n"])
def test_broken_subtitles(tmp_path, data):
    path = video(tmp_path / "v.avi", 2)
    (tmp_path / "v.srt").write_bytes(data)
    result = built(path)
    assert [each.text for each in sequences(result)[0].frames] == ["", ""]
    assert [(each.level, each.done) for each in result.refusals] == [
        ("text", "read without subtitles")
    ]
    with pytest.raises(BadInput, match=r"v\.srt"):
        built(path, beside=Beside(subtitles=tmp_path / "v.srt"))


def test_subtitles_in_utf16_with_their_mark_are_read(tmp_path):
    path = subtitles(tmp_path / "s.srt", ("00:00:01,000", "00:00:02,000", "Été"))
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))
    assert read_subtitles(path, "s.srt") == [Line(1.0, 2.0, "Été")]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no video",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
    ],
)
def test_what_is_no_video_by_its_bytes_is_not_opened(tmp_path, data):
    (tmp_path / "v.mp4").write_bytes(data)
    with pytest.raises(BadInput, match=r"v\.mp4: unreadable: no video by its first bytes"):
        built(tmp_path / "v.mp4")


def test_a_broken_video(tmp_path):
    (tmp_path / "v.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(500))
    with pytest.raises(BadInput, match="not a video that can be decoded"):
        built(tmp_path / "v.mp4")


def test_a_video_that_breaks_off_is_refused_unless_broken_ones_are_skipped(tmp_path):
    whole = video(tmp_path / "v.avi", 4).read_bytes()
    (tmp_path / "w.avi").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BadInput, match=r"it breaks off after 0:0\d") as error:
        built(tmp_path / "w.avi")
    assert "--skip-broken" in error.value.hint
    result = built(tmp_path / "w.avi", skip_broken=True)
    assert 2 <= len(sequences(result)[0].frames) < 4
    assert reasons(result.refusals) == [("picture", "unreadable")]


@given(
    st.lists(st.tuples(st.floats(0, 20), st.floats(-2, 5)), max_size=12),
    st.lists(st.floats(0.1, 5), min_size=1, max_size=6),
)
def test_every_subtitle_is_told_once_or_reported(times, lengths):
    lines = [Line(start, start + long, f"<{at}>") for at, (start, long) in enumerate(times)]
    scenes, end = [], 0.0
    for long in lengths:
        scenes.append((end, end + long))
        end += long
    texts, refusals = aligned(lines, scenes, end, "s.srt")
    told = " ".join(texts)
    inside = [line for line in lines if line.start < end and line.end >= line.start]
    assert sorted(told.split()) == sorted(line.text for line in inside)
    assert bool(refusals) == (len(inside) < len(lines))
    for line in inside:
        covering = [at for at, (a, b) in enumerate(scenes) if a <= line.start and line.end <= b]
        if covering and line.end > line.start:
            assert line.text in texts[covering[0]].split()


@given(st.integers(1, 400), st.integers(1, 400))
def test_spread_positions_are_in_order_and_within(count, wanted):
    wanted = min(count, wanted)
    found = spread(count, wanted)
    assert len(set(found)) == wanted
    assert found == sorted(found)
    assert 0 <= found[0] <= found[-1] < count
    assert abs(found[0] - (count - 1 - found[-1])) <= 1


def test_a_subtitle_file_without_a_known_form(tmp_path):
    (tmp_path / "s.ass").write_text("x")
    with pytest.raises(Refused) as fault:
        read_subtitles(tmp_path / "s.ass", "s.ass")
    assert fault.value.reason == "unsupported"


def test_transparency_is_kept(tmp_path):
    frames = [Image.new("RGBA", (40, 40), (200, 0, 0, 0)) for _ in range(2)]
    frames[1].paste((0, 0, 250, 255), (5, 5, 20, 20))
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], lossless=True,
                   exact=True)  # fmt: skip
    out = tmp_path / "set"
    (one,) = sequences(built(tmp_path / "a.webp", out=out))
    data = (out / one.frames[1].picture.file).read_bytes()
    with Image.open(io.BytesIO(data)) as shown:
        assert shown.mode == "RGBA"
        assert shown.getpixel((1, 1))[3] == 0
        assert shown.getpixel((10, 10)) == (0, 0, 250, 255)


def test_key_frames_are_written_at_a_bounded_size(tmp_path):
    path = video(tmp_path / "v.avi", 2)
    told = key_frames(str(path), str(tmp_path), Wishes(side=80).to_plain())
    assert (told["cuts"], told["seconds"], told["broken"]) == (1, 5.0, "")
    for frame in told["frames"]:
        assert frame["start"] <= frame["at"] < frame["end"]
        with Image.open(tmp_path / frame["file"]) as shown:
            assert shown.size == (80, 60)


def test_a_short_video_gives_what_it_has(tmp_path):
    told = key_frames(str(video(tmp_path / "v.avi", 1, 3)), str(tmp_path), {})
    assert [each["file"] for each in told["frames"]] == ["0.jpg", "1.jpg", "2.jpg"]


def test_a_video_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(frames_of_videos, "MAX_VIDEO_SECONDS", 2)
    with pytest.raises(Refused, match="hours of video"):
        key_frames(str(video(tmp_path / "v.avi", 2)), str(tmp_path), {})
