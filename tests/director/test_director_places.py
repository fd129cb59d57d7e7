"""The place, the time of day, the weather and the season that a text tells, or leaves open."""

from __future__ import annotations

import pytest

from storypainter.director import direct
from storypainter.scene import Setting


def setting_of(text: str) -> Setting:
    return direct(text).scene.setting


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # named as where it plays
        ("In the small old kitchen a mother warms milk.", "kitchen"),
        ("At the kitchen sink a man scrubs a pan.", "kitchen"),
        ("On the edge of the playground two boys quarrel.", "playground"),
        ("The museum is empty but for a guard.", "museum"),
        ("In the harbour boats knock together, and a man waits.", "pier"),
        ("A girl sweeps the pavement before a shop.", "street"),
        ("In the hospital corridor a boy pushes a wheelchair.", "hallway"),
        # told by what belongs to it
        ("A man opens the oven; behind him the fridge stands open.", "kitchen"),
        ("Surf reaches the wet sand, and a boy digs.", "beach"),
        ("Between bookcases an old man sleeps over a reading table.", "library"),
        ("Under the pear tree a man sleeps in a hammock.", "garden"),
        ("Two boys fight over the swing; a girl waits on the slide.", "playground"),
        ("The referee lifts a card, and the goalkeeper falls on his knees.", "sports ground"),
        ("A boy sits in the bath; his mother kneels beside the washbasin.", "bathroom"),
        ("At the top of the stairs a boy slides down the banister.", "hallway"),
        ("Behind the footlights a soprano looks for her shoe.", "theatre"),
        ("At the landing of the lighthouse lies a boat; a man waits.", "pier"),
    ],
)
def test_a_place_is_named_or_told_by_two_clues(text: str, kind: str) -> None:
    assert setting_of(text).kind == kind


@pytest.mark.parametrize(
    "text",
    [
        "A boy in an oven glove carries a cake.",  # a clue that only modifies
        "An old man on a bench feeds a dog.",  # one clue
        "A teacher on a bicycle waves at a pupil.",  # people only
        "A man hangs a painting of a beach on a nail.",  # pictured
        "A woman remembers the summer evenings in the park.",  # remembered
        "A doll sits on a sofa in the shop window.",  # indoors, but in a window
        "Through the window she watches the children in the playground.",  # seen
        "At the window a girl points at a cat in the street.",  # seen
        "From the kitchen comes a smell of soup. A man waits.",  # left
        "A forest of umbrellas waits. A man yawns.",  # a picture of speech
        "A girl runs in her beach shoes.",  # only a kind of shoe
        "From the balcony a woman waves across the street.",  # the other side
    ],
)
def test_what_is_not_here_tells_no_place(text: str) -> None:
    assert setting_of(text).kind == "anywhere"


@pytest.mark.parametrize(
    "text",
    [
        "On a platform in the old oak two boys eat apples.",
        "On the flat roof of the school two pupils wave a flag.",
        "On a stage in the village square a band plays.",
        "Between two stalls of the stable a goat sleeps.",
        "In the parish hall a teacher and a pupil stack chairs.",
        "At the cemetery gate a gardener waits under a tree.",
        "In the lift, between two landings, a man sits on the stairs.",
        "In the greenhouse a gardener hangs a lantern over a flower bed.",
        "At the petrol pump a woman in slippers fills a car.",
        "In the scout hut a teacher writes on a blackboard.",
        "Before the café terrace a waiter drops a tray.",
    ],
)
def test_a_place_that_the_painter_lacks_is_no_other_place(text: str) -> None:
    assert setting_of(text).kind == "anywhere"


def test_a_wide_place_is_the_one_within_it_that_clues_tell() -> None:
    assert setting_of("In the school a pupil sits at his desk.").kind == "classroom"
    assert setting_of("In the courthouse a man waits in the corridor.").kind == "hallway"


def test_a_place_missing_is_told_of_as_missed() -> None:
    missed = {mention.text: mention.reason for mention in direct("A man sits in the lift.").missed}
    assert missed["lift"] == "no setting 'lift' yet"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("At dusk a man waits.", "evening"),
        ("In the evening light a man waits.", "evening"),
        ("The platform is white, its shadows short. A man waits.", "noon"),
        ("The window is turning grey. A man yawns.", "dawn"),
        ("The windows of the hall are black. A man waits.", "night"),
        ("Under the floodlights a man waits.", "night"),
        ("Past midnight a man walks a dog.", "night"),
        ("The windows are lit; a man waits.", "evening"),
        ("Two torches shine on a man in pyjamas.", "night"),
        ("The clock over the door stands at 20.15. A man waits.", "evening"),
        ("The clock stands at ten past nine. A boy in pyjamas holds a torch.", "evening"),
        ("Before dawn a man waits.", "dawn"),
        # nothing is told
        ("A man in evening dress reads the morning paper.", "afternoon"),
        ("A girl in a night shirt waits.", "afternoon"),
        ("The night before, a man lost a key. A man waits.", "afternoon"),
        ("A board reads OPEN UNTIL MIDNIGHT. A man waits.", "afternoon"),
        ("Every evening he waits. A man yawns.", "afternoon"),
        ("A man holds a paper moon over a girl.", "afternoon"),
        ("Dawn pushes a pram.", "afternoon"),
        ("In the sun a man polishes a lantern.", "afternoon"),
        ("A boy in pyjamas blows out the candles on his cake.", "afternoon"),
        ("On the screen a clock shows 23:10. A man waits.", "afternoon"),
    ],
)
def test_time_of_day(text: str, time: str) -> None:
    assert setting_of(text).time_of_day == time


@pytest.mark.parametrize(
    ("text", "weather"),
    [
        ("Rain drums on the umbrellas of two women.", "rain"),
        ("It rains on a man.", "rain"),
        ("In the garden snow falls on a boy.", "snow"),
        ("Mist hangs over the harbour, and a man waits.", "fog"),
        ("Wind tears at the hat of a man.", "wind"),
        ("Under a black cloud a man waits.", "cloudy"),
        ("On a snowy morning a postman slips.", "snow"),
        # nothing is told
        ("Sparks rain on a man.", "clear"),
        ("A man in a rain coat prays for rain.", "clear"),
        ("After the rain a man jumps over a puddle.", "clear"),
        ("A storm lantern stands beside a man.", "clear"),
        ("A woman winds a scarf round her neck.", "clear"),
        ("A man gazes up at a cloud.", "clear"),
        ("A girl dressed as Snow White eats an apple.", "clear"),
        ("A boy in snow boots waits.", "clear"),
        ("A storm of applause greets a man.", "clear"),
        ("Snow melts on the shoulders of a man.", "clear"),
        ("Across the lagoon comes the rain. A man waits.", "clear"),
    ],
)
def test_weather_is_what_falls_and_blows_here(text: str, weather: str) -> None:
    assert setting_of(text).weather == weather


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("In spring a man sows beans.", "spring"),
        ("Daffodils stand before a man.", "spring"),
        ("Fallen leaves cover the park. A man sweeps.", "autumn"),
        ("A winter sun shines on a man.", "winter"),
        ("A man slips on the icy pavement.", "winter"),
        ("Snow melts on the shoulders of a man.", "winter"),
        # nothing is told
        ("A spring sticks out of the chair of a man.", "summer"),
        ("Last winter a man broke his leg. A man waits.", "summer"),
        ("A man in snow boots waits.", "summer"),
        ("A man eats frozen peas.", "summer"),
    ],
)
def test_season(text: str, season: str) -> None:
    assert setting_of(text).season == season


def test_snow_that_lies_makes_a_yard_a_snowy_one() -> None:
    setting = setting_of("Snow covers the courtyard, and a boy rolls a ball of it.")
    assert (setting.kind, setting.weather, setting.season) == ("snowy yard", "clear", "winter")
    assert setting_of("Snow lies on the pavement, and a man shovels.").weather == "snow"


def test_blank_paper_shows_no_sky() -> None:
    direction = direct("A man looks at the sky.")
    assert direction.scene.setting.kind == "anywhere"
    assert "sky" not in {mention.text for mention in direction.understood}
