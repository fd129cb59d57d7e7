"""An edited SVG is read safely, and its Regions follow what was edited."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.ink.composition.audit import audit, regions
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.geometry import box, circle
from storypainter.ink.drawing.palette import Style, colour
from storypainter.ink.drawing.render import to_png
from storypainter.ink.files.svg_files import INKSCAPE, SVG, read_svg
from storypainter.ink.files.svg_regions import regions_of_svg
from storypainter.picture import Region

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="400" height="300">'


def _canvas() -> Canvas:
    canvas = Canvas(1024, 768, Style(), 3)
    with canvas.layer("far", -5, kind="scenery"):
        canvas.shape(box(0, 400, 1024, 768), colour("green"), shade=0)
    with canvas.layer("ball", 1, clues=("c1",), kind="football"):
        canvas.shape(circle((300, 500), 90), colour("white"))
    with canvas.layer("girl", 2, kind="person"):
        canvas.shape(box(340, 300, 460, 640, 20), colour("red"))
        with canvas.part("held", element="kite", kind="kite", clues=("c2",)):
            canvas.shape(box(600, 100, 760, 260), colour("blue"))
    with canvas.layer("post", 3, kind="scenery"):
        canvas.shape(box(650, 0, 690, 600), colour("brown"))
    with canvas.layer("rain", 9, kind="weather"):
        canvas.fill(box(0, 0, 1024, 768), colour("white"))
    return canvas


def _edited(change: object = None) -> dict[str, Region]:
    root = ET.fromstring(_canvas().to_svg())
    if callable(change):
        change(root)
    read = read_svg(ET.tostring(root))
    return {region.element: region for region in regions_of_svg(read)}


def _group(root: ET.Element, element: str) -> ET.Element:
    found = root.find(f".//{{{SVG}}}g[@data-element='{element}']")
    assert found is not None
    return found


def _shape(region: Region) -> shapely.Geometry:
    return shapely.union_all([shapely.Polygon(ring) for ring in region.polygons])


def test_unedited_regions_agree_with_the_audit() -> None:
    canvas = _canvas()
    found = _edited()
    audited = regions(canvas, audit(canvas))
    assert set(found) == {region.element for region in audited}
    for region in audited:
        again = found[region.element]
        one, other = _shape(region), _shape(again)
        assert one.intersection(other).area / one.union(other).area >= 0.9, region.element
        assert again.visible == pytest.approx(region.visible, abs=0.05)
        assert (again.kind, again.clues) == (region.kind, region.clues)
        assert (again.side, again.quadrant) == (region.side, region.quadrant)


def test_a_moved_group_moves_its_region_and_frees_what_it_hid() -> None:
    before = _edited()
    after = _edited(lambda root: _group(root, "girl").set("transform", "translate(150 0)"))
    assert after["girl"].box[0] == pytest.approx(before["girl"].box[0] + 150, abs=4)
    assert after["kite"].box[0] == pytest.approx(before["kite"].box[0] + 150, abs=4)
    assert before["ball"].visible < 0.9
    assert after["ball"].visible == 1.0
    assert before["kite"].visible == pytest.approx(0.75, abs=0.05)  # behind the post
    assert after["kite"].visible == 1.0


def test_a_deleted_group_has_no_region() -> None:
    after = _edited(lambda root: root.remove(_group(root, "ball")))
    assert set(after) == {"girl", "kite"}


def test_a_recoloured_element_keeps_its_region_and_an_erased_fill_loses_it() -> None:
    def recolour(root: ET.Element) -> None:
        for path in _group(root, "ball").iter(f"{{{SVG}}}path"):
            path.set("style", "fill:#ff00ff")

    def erase(root: ET.Element) -> None:
        for path in _group(root, "ball").iter(f"{{{SVG}}}path"):
            path.set("style", "fill:none")

    assert _edited(recolour)["ball"] == _edited()["ball"]
    assert _edited(erase)["ball"].polygons == ()
    faint = _edited(lambda root: _group(root, "ball").set("opacity", "0.2"))
    assert faint["ball"].polygons == ()


def test_added_text_and_clones_belong_to_their_group() -> None:
    def add(root: ET.Element) -> None:
        text = ET.SubElement(_group(root, "ball"), f"{{{SVG}}}text", x="60", y="160")
        text.set("font-size", "90")
        text.text = "GOAL"

    def clone(root: ET.Element) -> None:
        path = _group(root, "ball").find(f"{{{SVG}}}path")
        assert path is not None
        path.set("id", "disc")
        ET.SubElement(_group(root, "kite"), f"{{{SVG}}}use", href="#disc", x="500", y="100")

    assert _edited(add)["ball"].box[1] < 160
    assert _edited(add)["ball"].area > _edited()["ball"].area + 1000
    assert _edited(clone)["kite"].box[3] == pytest.approx(690, abs=8)


def test_reading_keeps_layers_and_the_look() -> None:
    svg = _canvas().to_svg()
    read = read_svg(svg.encode())
    assert (read.width, read.height) == (1024, 768)
    assert [each.id for each in read.elements] == ["far", "ball", "girl", "kite", "post", "rain"]
    assert to_png(read.svg) == to_png(svg)
    group = _group(ET.fromstring(read.svg), "ball")
    assert group.get(f"{{{INKSCAPE}}}label") == "ball (football)"
    assert read_svg(read.svg.encode()) == read


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ('<image href="x.png"/>', "<image>"),
        ("<style>g{fill:red}</style>", "style sheet"),
        ("<animate/>", "<animate>"),
        ('<g onclick="x()"/>', "event handler"),
        ('<g ONLOAD="x()"/>', "event handler"),
        ('<use href="http://x.org/a.svg#b"/>', "elsewhere"),
        ('<use xlink:href="other.svg#b"/>', "elsewhere"),
        ('<a href="javascript:x()"/>', "<a>"),
        ('<path fill="url(http://x.org/p)"/>', "elsewhere"),
        ("<path style=\"fill:url( 'x.svg#p' )\"/>", "elsewhere"),
        ('<path style="fill:u\\72l(x)"/>', "escape"),
        ('<g style="@import x"/>', "import"),
        ('<g xml:base="http://x.org/"/>', "xml:base"),
        ("<?xml-stylesheet href='x.css'?>", "processing instruction"),
        ('<g data-element="two words"/>', "'two words'"),
        ("<g>" * 120 + "</g>" * 120, "deep"),
    ],
)
def test_dangerous_content_is_refused_in_one_line(body: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_svg(f"{HEAD}{body}</svg>".encode())
    assert why in str(caught.value)
    assert "\n" not in str(caught.value)


def test_documents_with_types_or_entities_are_refused() -> None:
    for text in (
        f'<!DOCTYPE svg [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>{HEAD}&b;</svg>',
        f'<!DOCTYPE svg SYSTEM "file:///etc/passwd">{HEAD}</svg>',
    ):
        with pytest.raises(BadInput, match="document type"):
            read_svg(text.encode())


def test_clones_of_clones_are_refused() -> None:
    levels = '<g id="a0"><path d="M0 0h1"/></g>'
    for number in range(1, 9):
        levels += f'<g id="a{number}">' + f'<use href="#a{number - 1}"/>' * 10 + "</g>"
    with pytest.raises(BadInput, match="references to references"):
        read_svg(f"{HEAD}<defs>{levels}</defs><use href='#a8'/></svg>".encode())
    many, clones = "<g/>" * 5000, "<use href='#a'/>" * 60
    with pytest.raises(BadInput, match="copies of more than"):
        read_svg(f"{HEAD}<g id='a'>{many}</g>{clones}</svg>".encode())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "well-formed"),
        (b"\xff\xfe\x00", "well-formed"),
        (b"<html/>", "no SVG"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "size"),
        (HEAD.replace("400", "90000").encode() + b"</svg>", "pixels"),
        (HEAD.replace("400", "1e999").encode() + b"</svg>", "size"),
        (HEAD.encode(), "well-formed"),
        (b" " * 20_000_001, "bytes"),
    ],
)
def test_what_is_no_picture_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        read_svg(data)


def test_sizes_in_other_units() -> None:
    text = HEAD.replace('"400"', '"254mm"').replace('"300"', '"7.5in"')
    read = read_svg(f"{text}</svg>".encode())
    assert (read.width, read.height) == (960, 720)
    boxed = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480"/>'
    assert (read_svg(boxed.encode()).width, read_svg(boxed.encode()).height) == (640, 480)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        read = read_svg(data)
    except BadInput:
        return
    assert read.width >= 64


@given(st.text(max_size=60))
def test_any_text_in_a_style_is_read_or_refused(text: str) -> None:
    root = ET.fromstring(f"{HEAD}<g/></svg>")
    root[0].set("style", text)
    try:
        read = read_svg(ET.tostring(root))
    except BadInput:
        return
    assert "url(http" not in read.svg.lower()


def test_the_near_side_of_a_thing_is_read_and_is_no_element_of_its_own() -> None:
    canvas = _canvas()
    with canvas.layer("_place.stall-front", 4, kind="market stall"):
        canvas.shape(box(100, 600, 300, 700), colour("brown"))
    read = read_svg(canvas.to_svg().encode())
    assert {each.id: each.kind for each in read.elements}["_place.stall-front"] == "scenery"
    assert "_place.stall-front" not in {region.element for region in regions_of_svg(read)}
