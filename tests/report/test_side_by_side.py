"""Painters side by side: every picture or why there is none, and the story below."""

from __future__ import annotations

import base64

from page_reading import read_html
from sample_runs import QUAY, sea

from storypainter.evaluators.contract import Passage
from storypainter.report.markup import Stylesheet
from storypainter.report.side_by_side import SIDE_BY_SIDE_CSS, painters_side_by_side
from storypainter.story import Chain, Clue, Dimension, Story

STORY = Story(id="q", text=QUAY, title="Last ferry", gist="A bride misses the ferry.")


def test_pictures_stand_in_order_with_captions_and_alt_texts() -> None:
    pictures = [("ink", sea(64, 48), "image/png"), ("gpt-image-1", sea(48, 64), "image/png")]
    seen = read_html(painters_side_by_side(STORY, pictures))
    first, second = seen.all("img")
    uri = "data:image/png;base64," + base64.b64encode(pictures[0][1]).decode()
    assert first["src"] == uri
    assert (first["width"], first["height"]) == ("64", "48")
    assert (second["width"], second["height"]) == ("48", "64")
    assert first["alt"] == "Painted by ink: A bride misses the ferry."
    assert seen.text.index("ink") < seen.text.index("gpt-image-1") < seen.text.index("The ferry is")
    assert seen.text.count("The ticket seller has both hands") == 1
    assert len([p for p in seen.all("p") if p.get("dir")]) == 2


def test_a_painter_that_failed_stays_in_the_row() -> None:
    pictures = [
        ("none", b"", "image/png"),
        ("page", b"<html>quota</html>", "image/png"),
        ("cut", sea(64, 48)[:-40], "image/png"),
    ]
    seen = read_html(painters_side_by_side(STORY, pictures))
    assert not seen.all("img")
    assert len(seen.all("figure")) == 3
    assert "none was painted" in seen.text
    assert "markup, not a picture" in seen.text


def test_a_picture_is_shown_as_what_it_is() -> None:
    seen = read_html(painters_side_by_side(STORY, [("x", sea(64, 48), "image/jpeg")]))
    assert str(seen.all("img")[0]["src"]).startswith("data:image/png;")
    assert "64 × 48, image/png and not image/jpeg" in seen.text


def test_no_pictures_at_all() -> None:
    seen = read_html(painters_side_by_side(STORY, []))
    assert "No painter has painted this story." in seen.text


def test_names_and_texts_are_escaped() -> None:
    evil = '"><script>x</script>'
    seen = read_html(
        painters_side_by_side(
            Story(id="e", text=evil, title=evil), [(evil, sea(16, 12), "image/png")]
        )
    )
    assert "script" not in {tag for tag, _ in seen.elements}
    assert seen.text.count(evil) == 3
    assert not [a for _, a in seen.elements if "style" in a or "onerror" in a]


def test_the_story_below_can_be_coloured() -> None:
    chain = Chain(
        dimension=Dimension.LOCATION, clues=(Clue(text="one white shoe"),), conclusion="A quay."
    )
    told = STORY.model_copy(update={"chains": (chain,)})
    later = Passage(kind="sequence", text="still runs")
    seen = read_html(painters_side_by_side(told, [], passages=[later], language="en"))
    assert seen.of_class("d-location")
    assert seen.of_class("later")
    assert not read_html(painters_side_by_side(told, [])).of_class("d-location")


def test_the_same_input_makes_the_same_page_and_the_style_is_sound() -> None:
    pictures = [("ink", sea(64, 48), "image/png")]
    assert painters_side_by_side(STORY, pictures) == painters_side_by_side(STORY, pictures)
    Stylesheet(SIDE_BY_SIDE_CSS)
