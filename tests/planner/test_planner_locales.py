"""Locales: what belongs to a culture comes up only when it is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from storypainter.errors import BadInput
from storypainter.planner.checking import check
from storypainter.planner.locales import locale_of, localised
from storypainter.planner.planning import make, own_worlds
from storypainter.planner.reading import read_worlds
from storypainter.story import Brief


def test_a_locale_is_found_by_its_names() -> None:
    worlds = own_worlds()
    assert {worlds.locales[each].ink for each in ("ja", "hi", "yo", "es_mx", "ar")} == {
        "ja",
        "hi",
        "yo",
        "es-mx",
        "ar",
    }
    for name in ("ja", "Japan", "JA_jp", " japanese "):
        assert getattr(locale_of(worlds, name), "id", "") == "ja"
    assert locale_of(worlds, "") is None
    with pytest.raises(BadInput, match="nothing for the locale 'mars', only ar"):
        locale_of(worlds, "mars")


def test_what_belongs_to_a_culture_is_only_there() -> None:
    worlds = own_worlds()
    plain, japan = localised(worlds, None), localised(worlds, worlds.locales["ja"])
    assert not any(look.locales for look in plain.looks)
    assert any("yukata" in look.say for look in japan.looks)
    assert not any("sari" in look.say for look in japan.looks)
    times = {time.id for time in japan.settings["park"].time}
    assert "lantern_night" in times
    assert "lantern_night" not in {time.id for time in plain.settings["park"].time}
    assert localised(worlds, worlds.locales["ja"]) is japan


@pytest.mark.parametrize("locale", sorted(own_worlds().locales))
def test_a_story_of_a_locale_is_drawn_in_it(locale: str) -> None:
    worlds = own_worlds()
    made = make(worlds, 3, 1, Brief(locale=locale))
    assert made.scene.setting.locale == worlds.locales[locale].ink


def test_an_unknown_locale_of_a_look_is_named(folder: Path) -> None:
    with (folder / "looks.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[look]]\nsay = "in a coat"\nwear = ["coat"]\nlocales = ["xx"]\n')
    lines = (folder / "looks.toml").read_text("utf-8").splitlines()
    with pytest.raises(BadInput) as error:
        check(read_worlds(folder))
    assert str(error.value).startswith(f"looks.toml, line {len(lines)}: look ")
    assert "no locale 'xx'" in str(error.value)
