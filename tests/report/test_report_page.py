from __future__ import annotations

import base64
import hashlib
import re
import sqlite3
import struct
import zlib

import orjson
import pytest
from page_reading import read_page
from sample_runs import (
    GULL,
    ORIGINS,
    QUAY,
    SPEC,
    Entry,
    chains,
    make_run,
    regions,
    rich_entries,
    sea,
    speck,
)

from storypainter.errors import BadInput, RunFolderError
from storypainter.reply import Usage
from storypainter.report import pictures
from storypainter.report.page import write_report
from storypainter.report.regions import MAX_POINTS, MAX_REGIONS
from storypainter.story import Story


@pytest.fixture
def rich(tmp_path):
    calls = [(Usage(1200, 350), 0.0123), (Usage(None, None), None)]
    return make_run(tmp_path / "rich", rich_entries(), calls=calls)


# ----------------------------------------------------------------------- the whole page


def test_a_page_has_a_card_an_item_and_embeds_the_bytes_of_its_pictures(rich):
    report = write_report(rich)
    seen = read_page(report.path)
    assert report.path == rich / "report.html"
    assert [a["id"] for a in seen.of_class("card")] == ["s1", "s2", "s3"]
    sources = [str(a["src"]) for a in seen.all("img")]
    plain = [base64.b64decode(each.partition(",")[2]) for each in sources]
    assert sea() in plain
    assert sea(480, 640, 200) in plain
    for text in (*QUAY.split("\n\n"), GULL, "The last ferry", "A bride runs after"):
        assert text in seen.text


def test_the_policy_allows_the_one_stylesheet_by_its_hash_and_no_network(rich):
    path = write_report(rich).path
    sheet = re.search(r"<style>(.*)</style>", path.read_text("utf-8"), re.DOTALL)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    assert read_page(path).policy == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_pictures_are_described_by_the_gist_or_the_first_sentence(rich):
    alts = [a["alt"] for a in read_page(write_report(rich).path).all("img")]
    assert alts == ["", "", "A bride runs after a departing ferry.", GULL]


def test_what_was_asked_and_how_it_was_made_can_be_read(rich):
    text = read_page(write_report(rich).path).text
    for words in (
        "Missed by a moment", "openai/gpt-4o", "CoR-guided", "openai/gpt-image-1", "Portugal",
        "0f" * 16, "own-kite", "A kite pulls a grandmother across a frozen lake.",
        "temperature = 1.0", "the story, word for word", "A warm illustration of a harbour",
        "the shoe is smaller than", "the reply began with a heading", "storypainter 0.",
        "1 of 2 calls at unknown prices", "1 of 2 calls did not tell",
    ):  # fmt: skip
        assert words in text, words


def test_chains_are_grouped_by_dimension_and_name_their_clues(rich):
    seen = read_page(write_report(rich).path)
    assert len(seen.of_class("dimension")) == 7
    assert len(seen.of_class("clue")) == sum(len(chain.clues) for chain in chains())
    for chain in chains():
        assert chain.dimension.label in seen.text
        assert chain.conclusion in seen.text


def test_a_clue_lights_up_the_regions_that_carry_it(rich):
    path = write_report(rich).path
    seen = read_page(path)
    by_clue = {a["class"] for a in seen.of_class("seen")}
    marks = {word for name in by_clue for word in str(name).split()} - {"clue", "seen"}
    assert len(marks) == 5  # clock, sign, gap, dress, arms: not the seller, nor the shoe
    regions = seen.of_class("region")
    assert len(regions) == 3
    assert {word for a in regions for word in str(a["class"]).split()} == marks | {"region"}
    text = path.read_text("utf-8")
    for mark in marks:
        assert f".card:has(.clue.{mark}:is(:hover,:focus)) .region.{mark}{{" in text
    assert [a["for"] for a in seen.all("label") if a["for"] == "r1"] == ["r1"]
    # what plots and graphs draw has colours of its own; regions have the stylesheet's
    assert len([a for a in seen.all("polygon") if "fill" not in a]) == 2
    boxes = [a for a in seen.all("rect") if "fill" not in a]
    assert boxes == [{"x": "420", "y": "270", "width": "190", "height": "120"}]


def test_the_graph_of_the_chains_stands_in_the_card(rich):
    seen = read_page(write_report(rich).path)
    assert len(seen.of_class("graph")) == 1  # one of the three stories has Chains
    assert seen.text.count("The graph of its Chains") == 1
    # in the story's own list of Chains, and once more in the graph
    assert seen.text.count("The last ferry has left") == 2


def test_too_many_chains_are_listed_and_not_drawn(tmp_path, monkeypatch):
    monkeypatch.setattr("storypainter.report.cards.MAX_DRAWN_CHAINS", 6)
    seen = read_page(write_report(make_run(tmp_path / "run", rich_entries())).path)
    assert not seen.of_class("graph")
    assert "The last ferry has left" in seen.text


def test_the_same_run_gives_the_same_page(rich, tmp_path):
    first = write_report(rich, tmp_path / "a.html").path.read_bytes()
    assert write_report(rich, tmp_path / "b.html").path.read_bytes() == first


# ---------------------------------------------------------------- unusual and broken runs


def test_an_empty_run_says_so(tmp_path):
    run = make_run(tmp_path / "run", [])
    report = write_report(run)
    seen = read_page(report.path)
    assert not seen.of_class("card")
    assert "Nothing has been written in this run yet." in seen.text
    assert "3 items are still to be done" in seen.text
    assert report.numbers.success_rate.absent == "no story was written"
    assert report.numbers.mean_words.absent == "no story was written"


def test_a_run_of_failures_only_shows_their_reasons(tmp_path):
    entries = [
        Entry(failed=("story", "timeout", "the server did not answer within 300 s")),
        Entry(failed=("story", "timeout", "the server did not answer within 300 s")),
        Entry(failed=("story", "refused", "by its policy")),
    ]
    report = write_report(make_run(tmp_path / "run", entries))
    seen = read_page(report.path)
    assert len(seen.of_class("failure")) == 3
    assert report.numbers.to_plain()["reasons"] == [
        {"step": "story", "kind": "timeout", "n": 2},
        {"step": "story", "kind": "refused", "n": 1},
    ]
    assert report.numbers.success_rate.value is None
    assert seen.text.count("did not answer within 300 s") == 2


def test_pictures_that_were_not_asked_for_are_not_missed(tmp_path):
    spec = {**SPEC, "painter": "", "n": 1}
    run = make_run(tmp_path / "run", [Entry(Story(id="a", text=GULL))], spec=spec)
    report = write_report(run)
    assert report.numbers.success_rate.absent == "no pictures were asked for"
    assert report.numbers.waiting == 0
    text = read_page(report.path).text
    assert "none was asked for" in text
    assert "not painted." in text


def test_a_missing_and_an_altered_picture_are_named_not_shown(rich):
    first, second = sorted((rich / "pictures").iterdir())
    first.unlink()
    second.write_bytes(speck(7))
    seen = read_page(write_report(rich).path)
    assert not seen.all("img")
    assert "the picture file is missing from the run folder" in seen.text
    assert "it was altered" in seen.text
    assert "1 recorded picture is not in the run folder" in seen.text


def test_earlier_questions_are_mentioned_and_not_shown(tmp_path):
    def before(folder):
        folder.begin({**SPEC, "n": 1, "brief": {"theme": "Something else"}}, ORIGINS, "x")

    report = write_report(make_run(tmp_path / "run", rich_entries(), before=before))
    text = read_page(report.path).text
    assert "also holds 1 earlier question." in text
    assert "Something else" not in text


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("../secret.png", "lies outside the run folder"),
        ("/etc/hostname", "lies outside the run folder"),
        ("pictures", "missing"),
        ("pictures/\x00.png", "missing"),
        ("run.toml", "does not end in .png"),
    ],
)
def test_a_recorded_path_leads_nowhere_else(tmp_path, file, why):
    (tmp_path / "secret.png").write_bytes(sea())
    entry = Entry(Story(id="a", text=GULL), sea(), file=file)
    seen = read_page(write_report(make_run(tmp_path / "run", [entry])).path)
    assert not seen.all("img")
    assert why in seen.text


def test_markup_with_a_picture_s_name_is_not_embedded(tmp_path):
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    run = make_run(tmp_path / "run", [Entry(Story(id="a", text=GULL), svg)])
    seen = read_page(write_report(run).path)
    assert not seen.all("img")
    assert "markup, not a picture" in seen.text


def test_a_link_out_of_the_folder_is_not_followed(tmp_path, rich):
    outside = tmp_path / "outside.png"
    outside.write_bytes(sea())
    for picture in (rich / "pictures").iterdir():
        picture.unlink()
        picture.symlink_to(outside)
    seen = read_page(write_report(rich).path)
    assert not seen.all("img")
    assert "lies outside the run folder" in seen.text


HOSTILE = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" \'><svg onload=alert(1)>',
    "<!-- --><base href='http://evil.example/'>",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "שלום, העולם. مرحبا بالعالم",
    "\u202egnp.exe\u2066 left and right",
    "word " * 4000,
    "unbroken" * 2500,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(tmp_path, text):
    text = text.strip()
    story = Story.from_json(
        orjson.dumps(
            {
                "id": "a",
                "text": text,
                "title": text,
                "gist": text,
                "notes": [text],
                "chains": [
                    {"dimension": "event", "clues": [{"text": text}], "conclusion": text}
                    for _ in range("->" not in text)
                ],
                "origin": {
                    "storyteller": text,
                    "mode": "cor_guided",
                    "prompt": text,
                    "pool": text,
                    "examples": [{"id": text, "text": text}],
                    "parameters": {text: text},
                },
            }
        )
    )
    spec = {**SPEC, "storyteller": text, "brief": {"theme": text, "language": text}, text: text}
    entries = [
        Entry(story, sea(), {"prompt": f"a {text}", "revised_prompt": text, "reports": (text,)}),
        Entry(story, failed=("picture", text, text)),
    ]
    run = make_run(tmp_path / "run", entries, spec=spec)
    path = write_report(run).path
    seen = read_page(path)
    assert len(seen.of_class("card")) == 2
    assert text in seen.text
    assert "Made by storypainter" in seen.text
    raw = path.read_text("utf-8")
    assert "<script" not in raw.lower()
    assert "evil.example'" not in raw


def _alter(run, sql, *values):
    with sqlite3.connect(run / "run.db") as db:
        db.execute(sql, values)
    db.close()


@pytest.mark.parametrize(
    "result",
    [b"", b"{", b'{"id": 3}', b"[" * 5000, b"\xff\xfe", 17, "text", b'{"id":"a","text":" "}', None],
)
def test_an_altered_record_fails_its_own_item_only(rich, result):
    _alter(rich, "UPDATE steps SET result = ? WHERE key = '1-story-1'", result)
    report = write_report(rich)
    seen = read_page(report.path)
    assert len(seen.of_class("card")) == 3
    assert report.numbers.stories == 2
    assert report.numbers.reasons["story", "damaged"] == 1
    assert QUAY.split("\n\n")[0] in seen.text


def test_altered_columns_do_not_stop_the_page(rich):
    _alter(rich, "UPDATE steps SET reason_kind = ?, reason = NULL WHERE status = 'failed'", b"\xff")
    _alter(rich, "INSERT INTO items VALUES (1, 'nonsense', 'story', 'failed-2')")
    _alter(rich, "INSERT INTO items VALUES (1, -5, 'story', 'failed-2')")
    _alter(rich, "INSERT INTO items VALUES (1, 4611686018427387904, '<b>', 'failed-2')")
    _alter(rich, "UPDATE calls SET cost = 9e999 WHERE cost IS NOT NULL")
    _alter(rich, "UPDATE specs SET started = 'soon', version = '<i>', origins = '[]'")
    report = write_report(rich)
    text = read_page(report.path).text
    assert "no reason was recorded" in text
    assert report.numbers.to_plain()["cost_usd"] is None


@pytest.mark.parametrize("spec", ["", "[]", "{", '{"n": "3"}', '{"n": -1}', '{"n": true}', b"\xff"])
def test_a_damaged_question_is_one_clear_error_and_no_page(rich, spec):
    _alter(rich, "UPDATE specs SET spec = ?", spec)
    with pytest.raises(RunFolderError, match="what was asked is damaged"):
        write_report(rich)
    assert not (rich / "report.html").exists()


def test_a_huge_question_costs_no_time(tmp_path):
    run = make_run(tmp_path / "run", rich_entries(), spec={**SPEC, "n": 10**15})
    report = write_report(run)
    assert report.numbers.waiting == 10**15 - 3
    assert len(read_page(report.path).of_class("card")) == 3


def test_a_folder_without_a_run_and_a_run_without_a_question_are_refused(tmp_path):
    with pytest.raises(RunFolderError, match=r"no run\.db"):
        write_report(tmp_path)
    run = make_run(tmp_path / "run", [])
    _alter(run, "DELETE FROM specs")
    with pytest.raises(RunFolderError, match="no record of what was asked"):
        write_report(run)


# ------------------------------------------------------------------------ linked pictures


def test_more_than_sixty_pictures_are_linked_not_embedded(tmp_path):
    entries = [
        Entry(Story(id=f"s{i}", text=GULL), speck(i), size=(2, 2))
        for i in range(pictures.MAX_EMBEDDED + 1)
    ]
    run = make_run(tmp_path / "a run", entries, spec={**SPEC, "n": len(entries)})
    page = tmp_path / "out" / "page.html"
    page.parent.mkdir()
    report = write_report(run, page)
    seen = read_page(page)
    assert report.linked
    sources = {str(a["src"]) for a in seen.all("img")}
    assert len(sources) == len(entries)
    assert all(re.fullmatch(r"\./\.\./a%20run/pictures/[0-9a-f]{64}\.png", s) for s in sources)
    assert "img-src data: 'self' file:;" in seen.policy
    assert "This page shows the files in the run folder" in seen.text


def test_sixty_small_pictures_are_embedded(tmp_path):
    entries = [
        Entry(Story(id=f"s{i}", text=GULL), speck(i), size=(2, 2))
        for i in range(pictures.MAX_EMBEDDED)
    ]
    assert not write_report(make_run(tmp_path / "run", entries)).linked


def test_too_many_bytes_are_linked(rich, monkeypatch):
    size = sum(path.stat().st_size for path in (rich / "pictures").iterdir())
    monkeypatch.setattr(pictures, "MAX_EMBEDDED_BYTES", size)
    assert not write_report(rich).linked
    monkeypatch.setattr(pictures, "MAX_EMBEDDED_BYTES", size - 1)
    report = write_report(rich)
    assert report.linked
    sources = [str(a["src"]) for a in read_page(report.path).all("img")]
    assert sources
    assert all(source.startswith("./pictures/") for source in sources)


# --------------------------------------------------------------------------- the file


@pytest.mark.parametrize("name", ["run.db", "page", "page.png", "folder.html"])
def test_only_an_html_file_is_written(rich, name):
    (rich / "folder.html").mkdir()
    before = (rich / "run.db").read_bytes()
    with pytest.raises(BadInput, match="no name for an HTML page"):
        write_report(rich, rich / name)
    assert (rich / "run.db").read_bytes() == before


def test_a_page_that_fails_leaves_the_old_one_and_no_rest(rich, monkeypatch):
    path = write_report(rich).path
    before = path.read_bytes()

    def broken(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("storypainter.report.page.card", broken)
    with pytest.raises(RunFolderError, match="no space left"):
        write_report(rich)
    assert path.read_bytes() == before
    assert not [p for p in rich.iterdir() if p.name.endswith(".part")]


def test_an_unwritable_place_is_a_clear_error(rich, tmp_path):
    with pytest.raises(RunFolderError, match="can't be written"):
        write_report(rich, tmp_path / "nowhere" / "page.html")


def _png(width, height, pixels):
    def chunk(name, data):
        body = name + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(
    "picture", [_png(64, 64, b"no pixels at all"), _png(60_000, 60_000, zlib.compress(b"\0" * 99))]
)
def test_a_picture_that_can_not_be_decoded_has_no_small_version(tmp_path, picture):
    entry = Entry(Story(id="a", text=GULL), picture)
    seen = read_page(write_report(make_run(tmp_path / "run", [entry])).path)
    assert [a["alt"] for a in seen.all("img")] == [GULL]
    assert len(seen.of_class("tile")) == 1


def test_regions_without_end_are_cut(tmp_path):
    many = regions()[:1] * (MAX_REGIONS + 50)
    ring = tuple((float(i % 640), float(i % 480)) for i in range(MAX_POINTS))
    heavy = regions()[0].model_copy(update={"polygons": (ring,)})
    entries = [
        Entry(Story(id="a", text=GULL), sea(), {"regions": many}),
        Entry(Story(id="b", text=GULL), sea(), {"regions": (regions()[1], heavy)}),
    ]
    seen = read_page(write_report(make_run(tmp_path / "run", entries)).path)
    assert len(seen.of_class("region")) == MAX_REGIONS + 2
    assert "50 more regions are not shown" in seen.text
    assert len(seen.all("rect")) == 1  # too many points for an outline: its box instead
