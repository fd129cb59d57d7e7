"""What calls cost: right, or unknown, never a silent nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.models.contract import Usage
from storypainter.models.pricing import FREE, PRICES_AS_OF, Price, price_of

OFFICIAL = "https://api.openai.com/v1"


def official(model: str) -> Price | None:
    identity = {"provider": "openai", "model": model, "base_url": OFFICIAL}
    return price_of(identity, {}, f"openai/{model}")


def test_tokens():
    price = Price(input=2.0, output=8.0, cached=0.5)
    assert price.cost(Usage(1_000_000, 0)) == 2.0
    assert price.cost(Usage(0, 1_000_000)) == 8.0
    assert price.cost(Usage(1_000_000, 0, 400_000)) == pytest.approx(0.6 * 2 + 0.4 * 0.5)
    assert price.cost(Usage(10, 0, 10**9)) == pytest.approx(10 * 0.5 / 1e6)
    assert Price(input=2.0, output=8.0).cost(Usage(10, 0, 5)) == pytest.approx(20 / 1e6)


@pytest.mark.parametrize(
    ("price", "usage", "cost"),
    [
        (Price(2.0, 8.0), Usage(None, 5), None),
        (Price(2.0, 8.0), Usage(5, None), None),
        (Price(2.0, 8.0), Usage(), None),
        (Price(2.0), Usage(5, 5), None),
        (Price(2.0), Usage(1_000_000, 0), 2.0),
        (Price(0.02, 0.0), Usage(1_000_000, None), 0.02),
        (Price(), Usage(5, 5), None),
        (FREE, Usage(), 0.0),
        (FREE, Usage(5, 5), 0.0),
        (Price(each=0.04), Usage(), 0.04),
    ],
)
def test_a_missing_count_makes_the_cost_unknown_only_where_it_matters(price, usage, cost):
    assert price.cost(usage) == cost


@given(
    st.integers(0, 10**6),
    st.integers(0, 10**6),
    st.none() | st.integers(0, 10**6),
    st.floats(0, 100),
)
def test_a_cost_is_never_negative_and_never_above_everything_fresh(read, wrote, cached, share):
    price = Price(10.0, 30.0, share / 10)
    cost = price.cost(Usage(read, wrote, cached))
    assert cost is not None
    assert 0 <= cost <= (read * 10.0 + wrote * 30.0) / 1e6 + 1e-9


def test_pictures_by_quality_and_size():
    dalle = official("dall-e-3")
    assert dalle is not None
    assert dalle.cost(Usage(), "standard", "1024x1024") == 0.04
    assert dalle.cost(Usage(), "", "1024x1024") == 0.08  # the dearest it can be
    assert dalle.cost(Usage(), "hd", "1792x1024") == 0.12
    assert dalle.cost(Usage(), "hd", "64x64") is None
    gpt = official("gpt-image-1")
    assert gpt is not None
    assert gpt.cost(Usage(), "medium", "1024x1024") == 0.042
    assert gpt.cost(Usage(), "auto", "auto") == 0.25


def test_pictures_that_are_sold_by_the_token_cost_what_was_counted():
    gpt = official("gpt-image-1")
    assert gpt is not None
    assert gpt.cost(Usage(100, 1056), "", "1024x1024") == pytest.approx(0.0005 + 0.04224)


def test_an_upper_estimate_is_not_below_the_cost():
    price = Price(2.0, 8.0)
    most = price.ceiling(4000, 500, "", "")
    assert most is not None
    assert most >= (price.cost(Usage(2000, 500)) or 0)
    assert Price(2.0, 8.0, seen=1000).ceiling(0, 0, "", "", 2) == pytest.approx(2.0 * 2064 / 1e6)
    assert Price(2.0).ceiling(10, 10, "", "") is None
    assert Price(2.0).ceiling(150, 0, "", "") is not None
    assert Price(each=0.04).ceiling(10**6, 10**6, "", "") == 0.04
    assert Price(pictures={("low", "a"): 1.0, ("high", "a"): 3.0}).ceiling(1, 1, "hd", "b") == 3.0
    assert FREE.ceiling(10, 10, "", "") == 0


@pytest.mark.parametrize(
    ("model", "pair"),
    [
        ("gpt-4o", (2.5, 10.0)),
        ("gpt-4o-2024-08-06", (2.5, 10.0)),
        ("gpt-4o-2024-05-13", (5.0, 15.0)),
        ("gpt-4o-mini", (0.15, 0.60)),
        ("gpt-4o-mini-2024-07-18", (0.15, 0.60)),
        ("gpt-4.1", (2.0, 8.0)),
        ("gpt-4.1-mini-2025-04-14", (0.40, 1.60)),
        ("gpt-4.1-nano", (0.10, 0.40)),
    ],
)
def test_list_prices(model, pair):
    found = official(model)
    assert found is not None
    assert (found.input, found.output) == pair


@pytest.mark.parametrize("model", ["gpt-4o-audio-preview", "gpt-99", "gpt-4o-search-preview", ""])
def test_models_without_a_known_price(model):
    assert official(model) is None


def test_whose_price_it_is():
    elsewhere = {"provider": "openai", "model": "gpt-4o", "base_url": "http://localhost/v1"}
    assert price_of(elsewhere, {}, "openai/gpt-4o") is None
    lookalike = {**elsewhere, "base_url": "https://api.openai.com.evil.example/v1"}
    assert price_of(lookalike, {}, "openai/gpt-4o") is None
    own = {"openai/gpt-4o": Price(1, 1)}
    assert price_of(elsewhere, own, "openai/gpt-4o") == Price(1, 1)
    assert price_of({"provider": "llama"}, {}, "llama/x") is FREE
    assert price_of({"provider": "llama"}, {"llama/x": Price(1, 1)}, "llama/x") == Price(1, 1)
    assert price_of({"provider": "plugin"}, {}, "plugin/x") is None
    assert price_of({}, {}, "x") is None


def test_prices_are_dated():
    assert len(PRICES_AS_OF.split("-")) == 3
