"""Where a run's settings come from, and what is said of bad ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.settings import (
    BRIEF_FIELDS,
    RunSpec,
    default_of,
    help_of,
    python_type,
    resolve,
)


def from_file(tmp_path: Path, text: str | bytes, **flags: object):
    data = text if isinstance(text, bytes) else text.encode()
    (tmp_path / "storypainter.toml").write_bytes(data)
    return resolve(flags, {}, tmp_path)


def refused(tmp_path: Path, text: str | bytes) -> str:
    with pytest.raises(BadInput) as caught:
        from_file(tmp_path, text)
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_defaults(tmp_path):
    found = resolve({}, {}, tmp_path)
    assert found.spec == RunSpec()
    assert set(found.origins.values()) == {"default"}
    assert found.prices == {}


def test_flags_before_environment_before_file_before_defaults(tmp_path):
    (tmp_path / "storypainter.toml").write_text(
        'n = 4\nseed = 4\nsize = "512x512"\npool = "file"\n[brief]\ntheme = "file"\nlocale = "file"\n'
    )
    environment = {
        "STORYPAINTER_N": "3",
        "STORYPAINTER_SEED": "3",
        "STORYPAINTER_THEME": " environment ",
        "STORYPAINTER_POOL": "  ",
    }
    found = resolve({"n": 2, "seed": None, "top_p": None}, environment, tmp_path)
    assert (found.spec.n, found.spec.seed, found.spec.size) == (2, 3, "512x512")
    assert found.spec.pool == "file"  # an empty variable is not set
    assert (found.spec.brief.theme, found.spec.brief.locale) == ("environment", "file")
    assert found.spec.top_p == 1.0
    expected = {"n": "flag", "seed": "environment", "theme": "environment", "size": "file",
                "locale": "file", "top_p": "default"}  # fmt: skip
    assert {name: found.origins[name] for name in expected} == expected


def test_falsy_flags_are_given(tmp_path):
    (tmp_path / "storypainter.toml").write_text("with_chains = true\nseed = 7\n")
    found = resolve({"with_chains": False, "seed": 0}, {}, tmp_path)
    assert (found.spec.with_chains, found.spec.seed) == (False, 0)
    assert found.origins["with_chains"] == "flag"


def test_the_conventional_base_url(tmp_path):
    found = resolve({}, {"OPENAI_BASE_URL": "http://h/v1"}, tmp_path)
    assert (found.spec.base_url, found.origins["base_url"]) == ("http://h/v1", "environment")
    both = {"OPENAI_BASE_URL": "http://h/v1", "STORYPAINTER_BASE_URL": "http://own/v1"}
    assert resolve({}, both, tmp_path).spec.base_url == "http://own/v1"


def test_no_key_is_ever_a_setting(tmp_path):
    found = resolve({}, {"OPENAI_API_KEY": "canary", "STORYPAINTER_API_KEY": "canary"}, tmp_path)
    assert "canary" not in repr(found)


def test_lists(tmp_path):
    found = resolve(
        {"people": ("a boy",)}, {"STORYPAINTER_REQUIRED": "a dog, , a red hat,"}, tmp_path
    )
    assert found.spec.brief.people == ("a boy",)
    assert found.spec.brief.required == ("a dog", "a red hat")
    assert resolve({"people": ()}, {}, tmp_path).origins["people"] == "default"
    assert from_file(tmp_path, 'people = ["a cook"]').spec.brief.people == ("a cook",)


@pytest.mark.parametrize(
    ("flags", "environment", "text", "place"),
    [
        ({"n": 0}, {}, "", "-n: "),
        ({"n": -3}, {}, "", "-n: "),
        ({"max_tokens": 0}, {}, "", "--max-tokens: "),
        ({"temperature": 2.5}, {}, "", "--temperature: "),
        ({"max_cost": float("nan")}, {}, "", "--max-cost: "),
        ({"rpm": 0}, {}, "", "--rpm: "),
        ({"size": "1024"}, {}, "", "--size: "),
        ({"size": "١٠٢٤x١٠٢٤"}, {}, "", "--size: "),
        ({"richness": "very"}, {}, "", "--richness: "),
        ({}, {"STORYPAINTER_N": "many"}, "", "STORYPAINTER_N: "),
        ({}, {"STORYPAINTER_MODE": "free"}, "", "STORYPAINTER_MODE: "),
        ({}, {"STORYPAINTER_WITH_CHAINS": "perhaps"}, "", "STORYPAINTER_WITH_CHAINS: "),
        ({}, {}, "n = 'x'", "storypainter.toml, n: "),
        ({}, {}, "steps = 0", "storypainter.toml, steps: "),
        ({}, {}, "required = 'a dog'", "storypainter.toml, required: "),
        ({}, {}, "[brief]\npeople = ['']", "storypainter.toml, people: "),
        ({"required": ("A dog",), "forbidden": ("a dog",)}, {}, "", "the brief: 'a dog' is both"),
    ],
)
def test_bad_values_are_named_with_their_place(tmp_path, flags, environment, text, place):
    (tmp_path / "storypainter.toml").write_text(text)
    with pytest.raises(BadInput) as caught:
        resolve(flags, environment, tmp_path)
    assert str(caught.value).startswith(place)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("n = ", "not valid TOML"),
        (b"\xff\xfe", "not valid TOML"),
        ("brief = 3", "write [brief]"),
        ("temprature = 1", "did you mean temperature?"),
        ("[brief]\nthem = 'x'", "did you mean theme?"),
        ("zzz = 1", "unknown setting 'zzz'"),
        ("api_key = 'canary'", "never from files"),
        ("openai_token = 'canary'", "never from files"),
        ("[openai]\napi_key = 'canary'", "never from files"),
        ("password = 'canary'", "never from files"),
        ("base_url = 'http://canary@h/v1'", "is a secret"),
        ("painter_base_url = 'http://me:canary@h/v1'", "STORYPAINTER_PAINTER_BASE_URL"),
        ("[prices]\n'openai/x' = 3", "'openai/x' is not readable"),
        ("[prices]\nx = {}", "is not readable"),
        ("[prices]\nx = { input = -1 }", "is not readable"),
        ("[prices]\nx = { input = true, output = 1 }", "is not readable"),
        ("[prices]\nx = { input = nan, output = 1 }", "is not readable"),
        ("[prices]\nx = { picture = inf }", "is not readable"),
        ("[prices]\nx = { output = 1 }", "is not readable"),
        ("[prices]\nx = { input = 1, per = 2 }", "is not readable"),
        ("prices = 3", "is not readable"),
    ],
)
def test_bad_files(tmp_path, text, says):
    message = refused(tmp_path, text)
    assert says in message
    assert "canary" not in message
    assert "storypainter.toml" in message


def test_prices(tmp_path):
    text = "[prices]\n'openai/x' = { input = 2, output = 8.5 }\n'openai/y' = { picture = 0.04 }\n"
    prices = from_file(tmp_path, text).prices
    assert prices == {"openai/x": {"input": 2.0, "output": 8.5}, "openai/y": {"picture": 0.04}}


def test_a_file_with_a_byte_order_mark(tmp_path):
    assert from_file(tmp_path, b"\xef\xbb\xbfn = 5").spec.n == 5


def test_a_file_that_cannot_be_read(tmp_path):
    (tmp_path / "storypainter.toml").mkdir()
    with pytest.raises(BadInput, match=r"storypainter.toml can't be read"):
        resolve({}, {}, tmp_path)


def test_every_setting_has_a_help_text_a_type_and_a_default():
    for name in RunSpec.model_fields:
        if name == "brief":
            continue
        assert help_of(name), name
        assert python_type(name) in (int, float, bool, str)
        assert default_of(name) == getattr(RunSpec(), name)
    assert python_type("n") is int
    assert python_type("steps") is int
    assert python_type("rpm") is float
    assert python_type("with_chains") is bool
    assert python_type("mode") is str
    assert "theme" in BRIEF_FIELDS


@given(
    st.builds(
        RunSpec,
        n=st.integers(1, 10**6),
        seed=st.integers(-(2**63), 2**63 - 1),
        temperature=st.floats(0, 2),
        rpm=st.none() | st.floats(0.1, 1e6),
        size=st.sampled_from(["auto", "64x64", "99999x10"]),
        mode=st.sampled_from(["", "naive"]),
        with_chains=st.booleans(),
    )
)
def test_a_spec_comes_back_from_json_and_from_its_own_settings(spec):
    assert RunSpec.from_json(spec.to_json()) == spec
    flags = {name: getattr(spec, name) for name in RunSpec.model_fields if name != "brief"}
    assert resolve(flags, {}, Path("nowhere")).spec == spec
