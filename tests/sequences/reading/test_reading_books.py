from __future__ import annotations

import io
import sys

import pytest
from made_sources import built, epub, image, only, pdf, picture, reasons, sequences
from PIL import Image

from storypainter.errors import BadInput, MissingExtra
from storypainter.sequences.reading import apart, epubs, pdf_pages
from storypainter.sequences.reading.apart import read_apart
from storypainter.sequences.reading.epubs import read_book
from storypainter.sequences.reading.refusals import Refused
from storypainter.sequences.reading.wishes import Wishes

PICTURES = {"1.png": picture(1), "2.jpg": picture(2, "JPEG"), "3.png": picture(3)}


def _page(name: str, text: str = "", alt: str = "") -> str:
    return f'<div><img src="../{name}" alt="{alt}"/><p>{text}</p></div>'


def test_an_epub_gives_its_pictures_in_spine_order_with_their_text(tmp_path):
    path = epub(
        tmp_path / "b.epub",
        [
            _page("1.png", "One &amp; only&nbsp;frog.", "A frog"),
            _page("2.jpg", "Two."),
            _page("3.png"),
        ],
        PICTURES,
        spine=[2, 0, 1],
    )
    (one,) = sequences(built(path))
    assert [(each.at, each.text, each.caption) for each in one.frames] == [
        ("page 1", "", ""), ("page 2", "One & only frog.", "A frog"), ("page 3", "Two.", ""),
    ]  # fmt: skip
    assert (one.kind, one.title, one.language, one.licence) == (
        "illustrated book", "The Pond", "fr", "CC BY 4.0",
    )  # fmt: skip


def test_text_belongs_to_the_picture_near_it(tmp_path):
    path = epub(
        tmp_path / "b.epub",
        [
            "<h1>Start.</h1>",
            "<p>Before.</p>" + _page("1.png", "After one.") + _page("2.jpg", "After two."),
            "<p>Alone.</p>",
            '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="../3.png"/></svg>',
        ],
        PICTURES,
    )
    found = only(read_book(path, "b", Wishes()))
    assert [each.text for each in found.frames] == [
        "Start. Before. After one.", "After two. Alone.", "",
    ]  # fmt: skip


def test_scripts_styles_and_titles_are_no_text(tmp_path):
    path = epub(
        tmp_path / "b.epub",
        [_page("1.png", "Hop.<script>evil()</script><style>p{}</style>"), _page("2.jpg")],
        PICTURES,
    )
    assert [each.text for each in sequences(built(path))[0].frames] == ["Hop.", ""]


def test_a_picture_outside_the_book_is_left_out(tmp_path):
    path = epub(
        tmp_path / "b.epub",
        [_page("1.png"), _page("2.jpg"), _page("../../../../etc/passwd"), _page("nothing.png"),
         '<img src="http://example.org/x.png"/>'],
        PICTURES,
    )  # fmt: skip
    result = built(path)
    assert len(sequences(result)[0].frames) == 2
    assert reasons(result.refusals) == [
        ("picture", "not safe"), ("picture", "missing"), ("picture", "not safe"),
    ]  # fmt: skip


def test_an_ornament_is_no_picture_of_the_story(tmp_path):
    path = epub(
        tmp_path / "b.epub",
        [_page("1.png"), _page("small.png"), _page("2.jpg")],
        {**PICTURES, "small.png": picture(1, size=(30, 30))},
    )
    result = built(path)
    assert len(sequences(result)[0].frames) == 2
    assert reasons(result.refusals) == [("picture", "ornament")]


def _encryption(algorithm: str) -> dict[str, bytes]:
    return {
        "META-INF/encryption.xml": (
            '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
            'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
            f'<enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData></encryption>'
        ).encode()
    }


def test_a_locked_epub_is_refused_and_an_obfuscated_font_is_not(tmp_path):
    pages = [_page("1.png"), _page("2.jpg")]
    locked = epub(tmp_path / "l.epub", pages, PICTURES, _encryption("http://www.w3.org/aes128"))
    with pytest.raises(BadInput, match=r"locked: protected by digital rights"):
        built(locked)
    with pytest.raises(BadInput, match="locked"):
        built(epub(tmp_path / "r.epub", pages, PICTURES, {"META-INF/rights.xml": b"<r/>"}))
    fonts = _encryption("http://www.idpf.org/2008/embedding")
    assert len(sequences(built(epub(tmp_path / "f.epub", pages, PICTURES, fonts)))) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"META-INF/container.xml": b"<container/>"},
        {"META-INF/container.xml": b"<container"},
        {"OEBPS/book.opf": b"<package><spine/></package>"},
        {"OEBPS/book.opf": b'<!DOCTYPE p [<!ENTITY a "a">]><package>&a;</package>'},
    ],
)
def test_a_broken_epub_is_refused(tmp_path, more):
    with pytest.raises(BadInput, match=r"b\.epub"):
        built(epub(tmp_path / "b.epub", [_page("1.png")], PICTURES, more))


def test_pages_of_a_pdf_are_rendered_at_a_bounded_size(tmp_path):
    out = tmp_path / "set"
    (one,) = sequences(built(pdf(tmp_path / "b.pdf"), out=out, side=300))
    assert (one.kind, one.title) == ("illustrated book", "A book")
    assert [each.at for each in one.frames] == ["page 1", "page 2", "page 3"]
    for number, frame in enumerate(one.frames):
        assert (frame.picture.width, frame.picture.height) == (300, 150)
        with Image.open(out / frame.picture.file) as page:
            expected = image(number, (200, 100)).getpixel((190, 10))
            assert page.convert("RGB").getpixel((285, 15)) == pytest.approx(expected, abs=12)


def _text_pdf(text: str, box: str = "0 0 200 100") -> bytes:
    stream = f"BT /F1 12 Tf 10 50 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>",
        *(
            f"<</Type/Page/Parent 2 0 R/MediaBox[{each}]/Contents 5 0 R"
            "/Resources<</Font<</F1 6 0 R>>>>>>".encode()
            for each in ("0 0 200 100", box)
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    data = b"%PDF-1.4\n"
    offsets = []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % each for each in offsets)
    return (
        data + b"xref\n0 7\n0000000000 65535 f \n" + table
        + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    )  # fmt: skip


def test_the_text_of_a_page_is_its_text(tmp_path):
    (tmp_path / "b.pdf").write_bytes(_text_pdf("Mia sees a fox", "0 0 100 100"))
    (one,) = sequences(built(tmp_path / "b.pdf"))
    assert [each.text for each in one.frames] == ["Mia sees a fox"] * 2


def test_a_page_of_absurd_size_is_refused(tmp_path):
    (tmp_path / "b.pdf").write_bytes(_text_pdf("x", "0 0 90000000 1"))
    with pytest.raises(BadInput, match=r"b\.pdf, page 2: unreadable"):
        built(tmp_path / "b.pdf")


def test_too_many_pages_are_refused_before_they_are_rendered(tmp_path):
    path = pdf(tmp_path / "b.pdf", 5)
    with pytest.raises(BadInput, match="5 pictures, and a sequence may have 4"):
        built(path, frames_max=4)
    (spread,) = sequences(built(path, frames_max=2, too_many="spread"))
    assert [each.at for each in spread.frames] == ["page 2", "page 4"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"no pdf", bytes(range(256)) * 8])
def test_a_broken_pdf_is_refused(tmp_path, data):
    (tmp_path / "b.pdf").write_bytes(data)
    with pytest.raises(BadInput, match=r"b\.pdf: unreadable: not a PDF, or a damaged one"):
        built(tmp_path / "b.pdf")


def test_a_decoder_that_hangs_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", _script(tmp_path, "import time; time.sleep(60)"))
    with pytest.raises(Refused) as fault:
        read_apart("pdf", tmp_path, tmp_path, 1)
    assert (fault.value.reason, fault.value.hint) == ("took too long", "raise --seconds")


def test_a_decoder_that_dies_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(apart.sys, "executable", _script(tmp_path, "import os; os.abort()"))
    with pytest.raises(Refused, match="its decoder failed on it"):
        read_apart("pdf", tmp_path, tmp_path, 20)


@pytest.fixture
def shadowed(tmp_path, monkeypatch):
    """Puts a module before the installed pypdfium2."""

    def shadow(text: str) -> None:
        (tmp_path / "shadow").mkdir()
        (tmp_path / "shadow" / "pypdfium2.py").write_text(text)
        monkeypatch.setenv("PYTHONPATH", str(tmp_path / "shadow"))

    return shadow


def test_a_library_that_can_not_be_loaded_says_why(tmp_path, shadowed):
    shadowed("raise ImportError('libGL.so.1: cannot open shared object file')")
    with pytest.raises(BadInput, match=r"b\.pdf: unsupported: .* libGL\.so\.1: cannot open"):
        built(pdf(tmp_path / "b.pdf"))


def test_a_library_that_is_missing_names_the_command(tmp_path, shadowed):
    shadowed("raise ModuleNotFoundError('none', name='pypdfium2')")
    with pytest.raises(MissingExtra) as error:
        built(pdf(tmp_path / "b.pdf"))
    assert "pypdfium2" in error.value.message
    assert error.value.hint == "run: pip install 'storypainter[sequences]'"


def test_a_missing_xml_library_names_the_command(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "defusedxml", None)
    with pytest.raises(MissingExtra, match="sequences"):
        built(epub(tmp_path / "b.epub", [_page("1.png"), _page("2.jpg")], PICTURES))


def test_secrets_do_not_reach_the_decoder(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert "sk-secret" not in apart._environment().values()


def _script(folder, text: str) -> str:
    path = folder / "python"
    path.write_text(f"#!{sys.executable}\n{text}\n")
    path.chmod(0o755)
    return str(path)


def test_an_svg_picture_is_named(tmp_path):
    path = epub(tmp_path / "b.epub", [_page("1.png"), _page("x.svg"), _page("2.jpg")],
                {**PICTURES, "x.svg": b"<svg/>"})  # fmt: skip
    with pytest.raises(BadInput, match="an SVG picture"):
        built(path)


def test_a_picture_of_many_frames_in_a_book_counts_once(tmp_path):
    kept = io.BytesIO()
    image(7).save(kept, "GIF", save_all=True, append_images=[image(8)])
    path = epub(tmp_path / "b.epub", [_page("1.png"), _page("a.gif")],
                {**PICTURES, "a.gif": kept.getvalue()})  # fmt: skip
    assert len(sequences(built(path))[0].frames) == 2


def test_a_page_that_is_not_well_formed_is_read_as_browsers_do(tmp_path):
    pages = ["<p>One & two<br><img src='../1.png'>", _page("2.jpg", "Three &eacute; &bogus;")]
    (one,) = sequences(built(epub(tmp_path / "b.epub", pages, PICTURES)))
    assert [each.text for each in one.frames] == ["One & two", "Three é &bogus;"]


def test_pages_made_to_stop_a_lenient_parser_are_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(epubs, "_LENIENT", 1000)
    pages = [_page("1.png"), "<!--" * 500 + "<a " * 500, _page("2.jpg")]
    result = built(epub(tmp_path / "b.epub", pages, PICTURES))
    assert len(sequences(result)[0].frames) == 2
    assert [each.line for each in result.refusals] == [
        "b.epub, page 2: unreadable: not well-formed XML; the page was left out"
    ]


def test_entities_of_a_page_are_not_expanded(tmp_path):
    path = epub(
        tmp_path / "b.epub",
        [_page("1.png"), "", _page("2.jpg")],
        PICTURES,
        {"OEBPS/text/p1.xhtml": b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
         b"<html><body>&a;</body></html>"},
    )  # fmt: skip
    result = built(path)
    assert reasons(result.refusals) == [("text", "not safe")]
    assert "root:" not in sequences(result)[0].to_json()


def test_a_deep_page_is_read(tmp_path):
    deep = "<div>" * 3000 + '<img src="../1.png"/>Deep.' + "</div>" * 3000
    (one,) = sequences(built(epub(tmp_path / "b.epub", [deep, _page("2.jpg")], PICTURES)))
    assert one.frames[0].text == "Deep."


def test_pages_are_written_beside_what_is_said_of_them(tmp_path):
    path = tmp_path / "b.pdf"
    path.write_bytes(_text_pdf("Hop", "0 0 90000000 1"))
    told = pdf_pages.pages(str(path), str(tmp_path), {"side": 100})
    assert (told["count"], [each["text"] for each in told["pages"]]) == (2, ["Hop", ""])
    assert [each["file"] for each in told["pages"]] == ["0.png", None]
    with Image.open(tmp_path / "0.png") as page:
        assert page.size == (100, 50)


def test_a_pdf_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(pdf_pages, "MAX_PAGES", 2)
    with pytest.raises(Refused, match="3 pages, 2 at most"):
        pdf_pages.pages(str(pdf(tmp_path / "b.pdf")), str(tmp_path), {})


def test_a_locked_pdf_is_said(tmp_path):
    path = tmp_path / "b.pdf"
    head, _, rest = _text_pdf("Hop").partition(b"trailer<<")
    locked = (
        b"trailer<</Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"00" * 32
        + b">>>/ID[<00><00>]"
    )  # fmt: skip
    path.write_bytes(head + locked + rest)
    with pytest.raises(Refused) as fault:
        pdf_pages.pages(str(path), str(tmp_path), {})
    assert fault.value.reason == "locked"
