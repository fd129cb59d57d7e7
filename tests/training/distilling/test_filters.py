"""What enters a training set: each filter by the story that it leaves out, and how it is counted."""

from __future__ import annotations

import pytest

from storypainter.pools import load_pool
from storypainter.story import ExampleUsed, Story, StoryOrigin
from storypainter.training.distilling.filtering import REASONS, Filters
from storypainter.training.distilling.near_duplicates import Seen

OWN = load_pool("own")
GOOD = OWN.stories[0]
LATER = GOOD.text + " An hour later the man goes home and thinks no more of it."
FRENCH = "Le garçon regarde la fenêtre pendant que sa mère cherche les clefs sous le canapé. " * 3
SHUFFLED = " ".join(sorted(OWN.stories[5].text.split(), key=lambda word: (len(word), word)))


@pytest.fixture(scope="module")
def filters() -> Filters:
    return Filters(OWN, min_words=20, max_words=200)


def told(text: str, *examples: str) -> Story:
    shown = tuple(ExampleUsed(id=f"e{at}", text=each) for at, each in enumerate(examples))
    return Story(
        id="told", text=text, origin=StoryOrigin(storyteller="x", mode="cor_guided", examples=shown)
    )


@pytest.mark.parametrize(
    ("story", "reason"),
    [
        (GOOD, ""),
        (told("A dog sleeps."), "too_short"),
        (told(GOOD.text * 2), "too_long"),
        (told(FRENCH), "not_english"),
        (told(LATER), "not_one_moment"),
        (told(GOOD.text), "copies_pool"),
        (told(GOOD.text, GOOD.text), "copies_examples"),
    ],
)
def test_each_reason(filters: Filters, story: Story, reason: str) -> None:
    assert filters.reason(story) == reason
    assert reason in ("", *REASONS)


def test_what_is_left_out_is_counted_by_its_first_reason(filters: Filters) -> None:
    near = OWN.stories[1].model_copy(update={"text": OWN.stories[1].text})
    stories = [GOOD, None, told("Short."), OWN.stories[1], near, told("Too short."), OWN.stories[2]]
    found = filters.sift(stories)
    assert found.kept == [0, 3, 6]
    assert found.reasons == {"failed": 1, "too_short": 2, "near_duplicate": 1}
    assert found.read == len(stories)
    assert filters.sift(stories) == found


def test_more_stories_change_nothing_about_the_first(filters: Filters) -> None:
    stories = list(OWN.stories[:8])
    kept = filters.sift(stories).kept
    assert [at for at in filters.sift([*stories, *OWN.stories[8:12]]).kept if at < 8] == kept


def test_near_duplicates_share_half_of_their_8_grams_with_one_story() -> None:
    words = [f"w{number}" for number in range(100)]
    seen = Seen()
    seen.add(" ".join(words))
    assert seen.has(" ".join(words))
    assert seen.has(" ".join(words[:60] + [f"x{number}" for number in range(40)]))
    assert not seen.has(" ".join(words[:40] + [f"x{number}" for number in range(60)]))
    assert not seen.has(SHUFFLED)


def test_short_texts_are_duplicates_only_word_by_word() -> None:
    seen = Seen()
    seen.add("A dog sleeps.")
    assert seen.has("a DOG sleeps")
    assert not seen.has("A dog sleeps here.")
    assert not seen.has("")
