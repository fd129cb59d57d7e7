from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_reading import read_html

from storypainter.report.markup import (
    Html,
    Page,
    Stylesheet,
    beside,
    drawing,
    el,
    embedded,
    place,
    printable,
    together,
)


def html_of(*children: object) -> str:
    file = io.StringIO()
    Page(file).add(*children)  # type: ignore[arg-type]
    return file.getvalue().removesuffix("\n")


@given(st.text())
def test_any_text_survives_as_text(text):
    seen = read_html(html_of(el("p", text)))
    assert seen.elements == [("p", {})]
    assert seen.text == printable(text)


@given(st.text())
def test_any_text_survives_as_an_attribute(text):
    seen = read_html(html_of(el("p", title=text, cls=text, aria_label=text)))
    expected = printable(text)
    assert seen.elements == [("p", {"title": expected, "class": expected, "aria-label": expected})]
    assert seen.text == ""


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Cn"))))
def test_printable_keeps_what_html_can_carry(text):
    assert printable(text) == text


def test_printable_replaces_what_html_cannot_carry():
    assert printable("a\x00b\x1bc\ud800d\x85e\uffff") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd"
    assert printable("tab\tline\nreturn\r") == "tab\tline\nreturn\r"


def test_a_carriage_return_is_not_read_as_a_line_feed():
    assert html_of(el("p", "a\r\nb")) == "<p>a&#13;\nb</p>"


def test_elements_nest_and_none_is_nothing():
    made = el("ul", [el("li", 1), None, [el("li", together("a", el("small", "b")))]])
    assert html_of(made) == "<ul><li>1</li><li>a<small>b</small></li></ul>"


def test_markup_that_went_through_a_string_is_escaped():
    inner = el("small", "x")
    assert "small" not in {tag for tag, _ in read_html(html_of(el("p", f"{inner}"))).elements}


def test_markup_can_not_be_made_from_a_string():
    with pytest.raises(TypeError):
        Html()
    with pytest.raises(TypeError):
        Html("<script>")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        el("p", object())  # type: ignore[arg-type]


@pytest.mark.parametrize("tag", ["script", "style", "iframe", "object", "image", "use", "P", "p x"])
def test_tags_outside_the_list_are_refused(tag):
    with pytest.raises(ValueError, match="not among the elements"):
        el(tag)


@pytest.mark.parametrize("name", ["onclick", "style", "srcset", "xlink:href", "formaction", "x y"])
def test_attributes_outside_the_list_are_refused(name):
    with pytest.raises(ValueError, match="not among the attributes"):
        el("p", **{name: "1"})


@pytest.mark.parametrize("name", ["href", "src"])
def test_addresses_are_never_plain_text(name):
    with pytest.raises(TypeError):
        el("a", **{name: "javascript:alert(1)"})
    with pytest.raises(TypeError):
        el("a", title=place("s1"))


def test_void_elements_hold_nothing():
    with pytest.raises(ValueError, match="holds nothing"):
        el("img", "text")


def test_attributes_may_be_bare_or_left_out():
    made = el("input", type="radio", checked=True, id=None, tabindex=0)
    assert html_of(made) == '<input type="radio" checked tabindex="0">'
    assert html_of(el("input", checked=False)) == "<input>"


@given(st.text(min_size=1).filter(lambda text: not text.startswith("/")))
def test_a_path_stays_a_path_beside_the_page(path):
    try:
        address = beside(path)
    except UnicodeEncodeError:  # a lone surrogate that stands for no byte is no file name
        return
    ((_, attributes),) = read_html(html_of(el("a", href=address))).elements
    assert str(attributes["href"]).startswith("./")
    assert not set(str(attributes["href"])) & set(":?#\\\"'<> ")


def test_addresses_of_other_kinds_are_refused():
    with pytest.raises(ValueError, match="relative"):
        beside("//evil.example/x.png")
    with pytest.raises(ValueError, match="not embedded"):
        embedded("image/svg+xml", b"<svg/>")
    with pytest.raises(ValueError, match="no id"):
        place("a b")


def test_a_stylesheet_can_not_end_its_element():
    with pytest.raises(ValueError, match="holds no"):
        Stylesheet("p{} </style>")


# -------------------------------------------------------------------------- drawings

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


def test_a_drawing_is_written_anew():
    made = drawing(SVG.format('<g class="p-ink"><text x="1" font-size="3">a &lt; b</text></g>'))
    assert html_of(made) == (
        '<svg viewBox="0 0 9 9"><g class="p-ink"><text x="1" font-size="3">a &lt; b</text></g></svg>'
    )


@pytest.mark.parametrize(
    "inside",
    [
        "<script>1</script>",
        "<style>g{}</style>",
        '<a href="#x">x</a>',
        "<image/>",
        "<foreignObject/>",
        '<g onclick="x()"/>',
        '<g style="fill:red"/>',
        '<g id="x"/>',
        '<rect fill="url(#x)"/>',
        '<rect fill="URL(http://x.example/)"/>',
        '<path d="M0 0" fill="javascript:x"/>',
        "<svg:g/>",
        "<table/>",
        "<b",
        "<!DOCTYPE svg>",
    ],
)
def test_what_no_drawing_needs_is_refused(inside):
    with pytest.raises(ValueError, match=r"drawing|SVG"):
        drawing(SVG.format(inside))


def test_only_an_svg_is_a_drawing():
    for text in ("", "words", "<g/>", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'):
        with pytest.raises(ValueError, match=r"drawing|SVG"):
            drawing(text)


@given(st.text().map(printable))
def test_any_text_of_a_drawing_stays_a_text(text):
    from xml.sax.saxutils import escape

    carried = "".join(char for char in text if char not in "\r\n\t")
    made = read_html(html_of(drawing(SVG.format(f"<title>{escape(carried)}</title>"))))
    assert [tag for tag, _ in made.elements] == ["svg", "title"]
    assert made.text == carried
