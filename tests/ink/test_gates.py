"""Machine gates: hands on what they act on, feet on their ground, arms off the own face."""

from dataclasses import replace

import pytest

from storypainter.ink.composition import gates
from storypainter.ink.composition.gates import contact_reports
from storypainter.ink.drawing.canvas import Canvas
from storypainter.ink.drawing.forms import rect
from storypainter.ink.drawing.palette import Style
from storypainter.ink.people.bodies.contact import contact_errors
from storypainter.ink.people.figure import Placement, draw_person
from storypainter.scene import Scene


def scene(*relations):
    return Scene.model_validate(
        {
            "setting": {"kind": "plain"},
            "people": [{"id": "girl", "role": "girl", "relations": list(relations)}],
            "props": [{"id": "cart", "kind": "crate"}],
        }
    )


def drawn(given, cart_at):
    """The girl around x = 200, and a cart of 80 pixels that begins at ``cart_at``."""
    canvas = Canvas(900, 400, Style(), 0, "#ffffff")
    with canvas.layer("girl", 0.0):
        figure = draw_person(canvas, given.people[0], Placement(200.0, 380.0, 1.5, "right"))
    with canvas.layer("cart", 1.0):
        canvas.shape(rect(cart_at, 180, cart_at + 80, 380), "#aa8855")
    return {"girl": figure}, canvas


@pytest.mark.parametrize("kind", ["pushes", "pulls", "touches"])
def test_a_hand_that_is_not_on_its_target_is_reported(kind):
    given = scene({"kind": kind, "target": "cart"})
    assert contact_reports(given, *drawn(given, 160)) == ()
    (report,) = contact_reports(given, *drawn(given, 700))
    assert report.startswith("girl: no hand is on cart, ")
    assert 100 < int(report.split(", ")[1].split("%")[0]) < 400


def test_looking_needs_no_hand():
    given = scene({"kind": "looks_at", "target": "cart"})
    assert contact_reports(given, *drawn(given, 700)) == ()


def test_feet_in_the_air_and_arms_over_the_face_are_reported(monkeypatch):
    given = scene()
    figures, canvas = drawn(given, 160)
    errors = contact_errors(figures["girl"].plan)
    assert errors.feet <= gates.APART
    broken = replace(errors, feet=0.034, face=0.5)
    monkeypatch.setattr(gates, "contact_errors", lambda plan: broken)
    assert contact_reports(given, figures, canvas) == (
        "girl: 3.4% of a body height above the ground",
        "girl: an arm hides 50% of the own face",
    )


def test_who_is_cut_off_by_the_edge_is_reported():
    given = scene()
    canvas = Canvas(900, 400, Style(), 0, "#ffffff")
    with canvas.layer("girl", 0.0):
        figure = draw_person(canvas, given.people[0], Placement(4.0, 380.0, 1.5, "right"))
    (report,) = contact_reports(given, {"girl": figure}, canvas)
    share = int(report.removeprefix("girl: ").split("%")[0])
    assert report.endswith("% lies outside the picture")
    assert 5 < share < 80
    assert contact_reports(given, *drawn(given, 700)) == ()
