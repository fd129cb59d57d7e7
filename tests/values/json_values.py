"""Strategies for every value of the project."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from storypainter.picture import Pair, Picture, Region
from storypainter.scene import (
    Animal,
    Element,
    Garment,
    Hair,
    Hold,
    Person,
    Place,
    Prop,
    Relation,
    Scene,
    Setting,
    Sign,
)
from storypainter.score import Rating, Score
from storypainter.sequence import Cause, Character, Depiction, Frame, Sequence
from storypainter.story import (
    Brief,
    Chain,
    Clue,
    Dimension,
    ExampleUsed,
    KeyPoint,
    Story,
    StoryOrigin,
)

#: One line of printable text that JSON and the chain notation can hold.
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=8
)
lines = st.lists(words, min_size=1, max_size=4).map(" ".join)
anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,12}", fullmatch=True)
numbers = st.floats(allow_nan=False, allow_infinity=False)
shares = st.floats(0, 1)
plain_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | numbers | anything,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=5,
)


def without_separators(text: str) -> bool:
    return "->" not in text and "+" not in text.split()


def some(inner: st.SearchStrategy[Any], most: int = 3, least: int = 0) -> Any:
    return st.lists(inner, min_size=least, max_size=most).map(tuple)


def maybe(inner: st.SearchStrategy[Any]) -> Any:
    return st.none() | inner


clue_texts = lines.filter(without_separators)
clues = st.builds(Clue, text=clue_texts, id=maybe(ids))
chains = st.builds(
    Chain,
    dimension=st.sampled_from(Dimension),
    clues=some(clues, 4, 1),
    conclusion=clue_texts,
    id=maybe(ids),
)
origins = st.builds(
    StoryOrigin,
    storyteller=anything,
    mode=st.sampled_from(["naive", "cor_guided", "planned", "written"]),
    prompt=maybe(anything),
    pool=maybe(anything),
    seed=maybe(st.integers(-(2**63), 2**63 - 1)),
    examples=some(st.builds(ExampleUsed, id=anything, text=anything)),
    parameters=st.dictionaries(anything, plain_json, max_size=3),
)
stories = st.builds(
    Story,
    id=ids,
    text=lines,
    chains=some(chains, 2),
    entities=some(lines),
    gist=anything,
    title=anything,
    origin=maybe(origins),
    notes=some(anything),
)
briefs = st.builds(
    Brief,
    theme=anything,
    people=some(lines),
    required=some(lines.map(lambda text: "with " + text)),
    forbidden=some(lines.map(lambda text: "no " + text)),
    locale=anything,
    richness=st.sampled_from(["", "sparse", "medium", "rich"]),
)
key_points = st.builds(
    KeyPoint, dimension=st.sampled_from(Dimension), sentence=lines, chain=maybe(ids)
)

kinds = st.from_regex(r"[a-z][a-z0-9]{0,5}([ -][a-z0-9]{1,5}){0,2}", fullmatch=True)
colours = st.from_regex(r"[a-z]{1,9}( [a-z]{1,9})?|#[0-9a-f]{6}", fullmatch=True)
settings = st.builds(
    Setting,
    kind=kinds,
    time_of_day=st.sampled_from(["dawn", "morning", "noon", "evening", "night"]),
    weather=st.sampled_from(["clear", "rain", "fog"]),
    season=st.sampled_from(["spring", "winter"]),
    locale=anything,
)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """A Scene whose references hold."""
    names = draw(st.lists(ids, min_size=1, max_size=6, unique=True))

    def other(own: str) -> st.SearchStrategy[Any]:
        rest = [name for name in names if name != own]
        return st.sampled_from(rest) if rest else st.nothing()

    def one(own: str) -> Element:
        target = other(own) if len(names) > 1 else None
        reference = maybe(target) if target is not None else st.none()
        place = st.builds(
            Place,
            anchor=maybe(kinds),
            near=reference,
            side=maybe(st.sampled_from(["left", "behind"])),
            on=reference,
            depth=maybe(st.sampled_from(["front", "back"])),
        )
        shared: dict[str, Any] = {
            "id": st.just(own),
            "clues": some(ids),
            "importance": shares,
            "place": place,
        }
        acting: dict[str, Any] = {
            "pose": kinds,
            "gaze": maybe(st.sampled_from(["viewer", "up"])) | reference,
            "holds": some(st.builds(Hold, what=target), 2) if target is not None else st.just(()),
            "relations": (
                some(st.builds(Relation, kind=st.just("looks_at"), target=target), 2)
                if target is not None
                else st.just(())
            ),
        }
        person = st.builds(
            Person,
            **shared,
            **acting,
            role=kinds,
            age=st.sampled_from(["child", "elder"]),
            hair=st.builds(Hair, style=kinds, colour=colours, beard=maybe(kinds)),
            attire=some(st.builds(Garment, kind=kinds, colour=maybe(colours)), 2),
            sits_on=reference,
        )
        animal = st.builds(Animal, **shared, **acting, species=kinds, colour=maybe(colours))
        prop = st.builds(Prop, **shared, kind=kinds, state=maybe(kinds), text=anything)
        sign = st.builds(
            Sign,
            **shared,
            text=lines,
            time=maybe(st.from_regex(r"([01]?[0-9]|2[0-3]):[0-5][0-9]", fullmatch=True)),
            date=maybe(lines),
        )
        return draw(person | animal | prop | sign)

    elements = [one(name) for name in names]
    groups = {
        field: tuple(each for each in elements if type(each) is kind)
        for field, kind in (
            ("people", Person),
            ("animals", Animal),
            ("props", Prop),
            ("signs", Sign),
        )
    }
    return Scene(setting=draw(settings), **groups)


@st.composite
def boxes(draw: st.DrawFn) -> tuple[float, float, float, float]:
    left, right = sorted(draw(st.tuples(numbers, numbers)))
    top, bottom = sorted(draw(st.tuples(numbers, numbers)))
    return left, top, right, bottom


regions = st.builds(
    Region,
    element=ids,
    kind=anything,
    clues=some(ids),
    box=boxes(),
    polygons=some(some(st.tuples(numbers, numbers)), 2),
    visible=shares,
    area=st.floats(0, 1e9),
    side=st.sampled_from(["left", "right", "centre"]),
    quadrant=st.sampled_from(["top left", "bottom right"]),
)
pictures = st.builds(
    Picture,
    file=lines,
    sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    media_type=st.sampled_from(["image/png", "image/jpeg", "image/webp"]),
    width=st.integers(1, 65535),
    height=st.integers(1, 65535),
    painter=anything,
    prompt=anything,
    revised_prompt=anything,
    svg=maybe(anything),
    regions=some(regions, 2),
    reports=some(anything),
)
pairs = st.builds(Pair, id=ids, story=stories, picture=maybe(pictures))


@st.composite
def sequences(draw: st.DrawFn) -> Sequence:
    characters = tuple(
        Character(id=f"c{number}", name=draw(lines), look=draw(anything), role=draw(anything))
        for number in range(draw(st.integers(0, 2)))
    )
    shown = (
        some(
            st.builds(
                Depiction,
                character=st.sampled_from([each.id for each in characters]),
                action=anything,
                emotion=anything,
            )
        )
        if characters
        else st.just(())
    )
    frames = draw(
        some(
            st.builds(
                Frame,
                picture=pictures,
                caption=anything,
                part=anything,
                event=anything,
                place=anything,
                time=anything,
                shown=shown,
                text=anything,
                at=anything,
                start=st.none() | st.floats(0, 10),
                end=st.none() | st.floats(10, 20),
            ),
            3,
            1,
        )
    )
    causes = (Cause(cause=0, effect=1, because=draw(anything)),) if len(frames) > 1 else ()
    return Sequence(
        id=draw(ids),
        kind=draw(st.sampled_from(["comic", "video", "generated"])),
        source=draw(lines),
        characters=characters,
        frames=frames,
        causes=causes,
        story=draw(anything),
    )


@st.composite
def scores(draw: st.DrawFn) -> Score:
    either = draw(
        st.fixed_dictionaries({"value": numbers}) | st.fixed_dictionaries({"absent": lines})
    )
    return Score(
        name=draw(anything),
        judge=draw(anything),
        version=draw(anything),
        reason=draw(anything),
        n=draw(maybe(st.integers(0, 10**9))),
        interval=draw(maybe(st.tuples(numbers, numbers))),
        parts=draw(st.dictionaries(anything, numbers, max_size=3)),
        **either,
    )


@st.composite
def ratings(draw: st.DrawFn) -> Rating:
    low, value, high = sorted(
        draw(st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3, unique=True))
    )
    return Rating(
        item=draw(anything),
        rater=draw(anything),
        name=draw(anything),
        value=value,
        scale_min=low,
        scale_max=high,
    )
