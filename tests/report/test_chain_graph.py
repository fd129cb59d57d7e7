"""The graph of Chains: what is joined to what, in three forms."""

from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.report.chain_graph import as_mermaid, as_svg, as_text, graph_of
from storypainter.story import Chain, Clue, Dimension

SLEEPS = Clue(text="the man's chin is on his chest", id="nap.chin")
CUPS = Clue(text="two empty cups", id="nap.cups")
KNOT = Clue(text="the girl holds two laces", id="laces.knot")
CLOCK = Clue(text="a clock shows noon", id="time.clock")

CHAINS = (
    Chain(dimension=Dimension.EVENT, clues=(SLEEPS, CUPS), conclusion="He has dropped off."),
    Chain(dimension=Dimension.EVENT, clues=(KNOT,), conclusion="She ties his shoes together."),
    Chain(
        dimension=Dimension.EVENT_CAUSAL_RELATIONSHIP,
        clues=(SLEEPS, CUPS, KNOT, CLOCK),
        conclusion="Because he sleeps, she can.",
    ),
    Chain(dimension=Dimension.MENTAL_STATE, clues=(SLEEPS,), conclusion="He is tired."),
)


def by_text() -> dict[str, str]:
    return {node.text: node.key for node in graph_of(CHAINS).nodes}


def test_a_clue_is_one_node_however_many_chains_use_it() -> None:
    texts = [node.text for node in graph_of(CHAINS).nodes]
    assert texts.count(SLEEPS.text) == 1
    assert len(texts) == 4 + 4


def test_a_cause_joins_events_and_its_own_clues() -> None:
    graph, keys = graph_of(CHAINS), by_text()
    into = {a for a, b in graph.edges if b == keys["Because he sleeps, she can."]}
    assert into == {
        keys["He has dropped off."],
        keys["She ties his shoes together."],
        keys[CLOCK.text],
    }


def test_a_conclusion_joins_its_clues() -> None:
    graph, keys = graph_of(CHAINS), by_text()
    into = {a for a, b in graph.edges if b == keys["He has dropped off."]}
    assert into == {keys[SLEEPS.text], keys[CUPS.text]}


def test_clues_without_ids_are_joined_by_their_words() -> None:
    plain = (
        Chain(dimension=Dimension.TIME, clues=(Clue(text="snow"),), conclusion="It is winter."),
        Chain(dimension=Dimension.LOCATION, clues=(Clue(text="snow"),), conclusion="A hill."),
    )
    assert [node.text for node in graph_of(plain).nodes] == ["snow", "It is winter.", "A hill."]


def test_the_text_lists_conclusions_with_their_clues_by_dimension() -> None:
    assert as_text(CHAINS[3:]) == (
        "Mental State\n  He is tired.\n    └─ the man's chin is on his chest"
    )


def test_mermaid_quotes_what_would_end_a_text() -> None:
    chain = Chain(
        dimension=Dimension.TIME,
        clues=(Clue(text='a sign says "NO #1"'),),
        conclusion="It is late.",
    )
    text = as_mermaid((chain,))
    assert 'k0["a sign says #quot;NO #35;1#quot;"]:::clue' in text
    assert "k0 --> c0" in text


def test_no_box_lies_on_another() -> None:
    root = ElementTree.fromstring(as_svg(CHAINS, "Laces"))
    boxes = [
        tuple(float(each.attrib[name]) for name in ("x", "y", "width", "height"))
        for each in root.iter("{http://www.w3.org/2000/svg}rect")
        if "x" in each.attrib
    ]
    assert len(boxes) == 8
    for place, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[place + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


@given(st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=200))
@settings(deadline=None)
def test_any_words_make_a_well_formed_picture(text: str) -> None:
    if "->" in text:  # the notation's own sign
        return
    chain = Chain(dimension=Dimension.TIME, clues=(Clue(text=text),), conclusion=text)
    ElementTree.fromstring(as_svg((chain,), text))


def test_no_chains_make_an_empty_picture() -> None:
    ElementTree.fromstring(as_svg((), "nothing"))
    assert graph_of(()).nodes == ()


def test_an_edge_to_a_cause_passes_between_the_conclusions() -> None:
    """A clue of a cause's own is joined to it through a gap of the middle column."""
    drawn = ElementTree.fromstring(as_svg(CHAINS))
    boxes = [
        tuple(float(each.attrib[name]) for name in ("x", "y", "width", "height"))
        for each in drawn.iter("{http://www.w3.org/2000/svg}rect")
        if "x" in each.attrib
    ]
    middle = [box for box in boxes if box[2] == 300]
    long = [
        each.attrib["d"]
        for each in drawn.iter("{http://www.w3.org/2000/svg}path")
        if each.attrib["d"].count("C") == 3
    ]
    assert long
    for path in long:
        level = float(path.split("C")[2].split()[1])
        assert not any(y < level < y + height for _, y, _, height in middle)
