"""Any text gives a Scene that the painter takes, or one clear BadInput."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.director import direct
from storypainter.director.gazetteer import gazetteer
from storypainter.director.phrases import grammar
from storypainter.errors import BadInput
from storypainter.ink import check_scene

_NOUNS = sorted({w for g in gazetteer().groups for w in (g.word, *g.others)})
_GLUE = sorted(
    {*grammar()["places"], *grammar()["determiners"], *grammar()["holding"]}
    | {"she", "he", "they", "it", "and", "while", "sits", "lies", "is", "has", "not", "without"}
    | {",", ".", ";", '"OPEN"', "NO DOGS", "at 9:55", "red", "broken", "hands", "her mouth", "'s"}
)


@settings(max_examples=120)
@given(st.text(max_size=300), st.integers(0, 10))
def test_any_text(text: str, seed: int) -> None:
    _try(text, seed)


@settings(max_examples=150)
@given(
    st.lists(st.sampled_from([*_NOUNS, *_GLUE, *_GLUE, "the", "a", "a"]), min_size=1, max_size=60)
)
def test_any_salad_of_known_words(words: list[str]) -> None:
    _try(" ".join(words), 0)


def _try(text: str, seed: int) -> None:
    try:
        direction = direct(text)
    except BadInput:
        return
    check_scene(direction.scene)
    assert direction == direct(text)
    for mention in (*direction.understood, *direction.missed):
        assert 0 <= mention.start <= mention.end <= len(text)


def test_a_very_long_text_of_people_stays_within_bounds() -> None:
    direction = direct("A man in a red hat holds a ball and a kite near the dog. " * 300)
    check_scene(direction.scene)
    assert len(direction.scene.elements) < 60
