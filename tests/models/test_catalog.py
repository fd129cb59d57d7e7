"""Addresses, providers, plug-ins and base URLs."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput, MissingExtra
from storypainter.models import catalog, local_files
from storypainter.models.catalog import (
    BUILT_IN,
    KNOWN,
    Address,
    connect,
    connect_embedder,
    connect_illustrator,
    connect_writer,
    parse_address,
    split_user,
)
from storypainter.models.contract import ModelOptions
from storypainter.models.openai import OpenAIModel

PLUGIN = Path(__file__).resolve().parent.parent / "plugins" / "storypainter-sample-provider"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("openai/gpt-4.1", "openai/gpt-4.1"),
        (" gpt-4o ", "openai/gpt-4o"),
        ("o3", "openai/o3"),
        ("chatgpt-4o-latest", "openai/chatgpt-4o-latest"),
        ("gpt-image-1", "openai/gpt-image-1"),
        ("dalle3", "openai/dall-e-3"),
        ("openai/dalle-3", "openai/dall-e-3"),
        ("text-embedding-3-small", "openai/text-embedding-3-small"),
        ("smollm2-135m", "llama/smollm2-135m"),
        ("gemma3-270m", "llama/gemma3-270m"),
        ("mini", "mini"),
        ("mini/smollm2-135m@0", "mini/smollm2-135m@0"),
        ("llama/path/to.gguf", "llama/path/to.gguf"),
        ("transformers/Qwen/Qwen2.5-7B-Instruct", "transformers/Qwen/Qwen2.5-7B-Instruct"),
        ("openai/meta-llama/Llama-3.1-8B", "openai/meta-llama/Llama-3.1-8B"),
        ("planner", "planner"),
        ("ink", "ink"),
        ("rehearsal", "rehearsal"),
        ("rehearsal/dir/script.jsonl", "rehearsal/dir/script.jsonl"),
    ],
)
def test_addresses(text, address):
    found = parse_address(text)
    assert str(found) == address
    assert parse_address(str(found)) == found
    assert found.is_embedded == (text in ("planner", "ink"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "unknown model ''"),
        ("mistral", "unknown model 'mistral'"),
        ("nowhere/model", "unknown provider 'nowhere'"),
        ("openai/", "names no model"),
        ("/x", "unknown provider"),
        ("planner/x", "unknown provider"),
        ("gpt4o", "did you mean gpt-4o"),
        ("gpt-4o mini", "unknown model"),
    ],
)
def test_bad_addresses(text, says):
    with pytest.raises(BadInput) as caught:
        parse_address(text)
    assert says in str(caught.value)
    assert caught.value.hint
    assert caught.value.exit_code == 2


@given(st.text(max_size=30))
def test_any_text_is_an_address_or_a_clear_error(text):
    try:
        address = parse_address(text)
    except BadInput:
        return
    assert parse_address(str(address)) == address


def test_what_can_be_pulled_is_known_by_its_bare_name():
    assert {f"llama/{name}" for name in local_files.KNOWN} <= {known.address for known in KNOWN}
    for name in local_files.KNOWN:
        assert str(parse_address(name)) == f"llama/{name}"


def test_known_models_can_be_addressed():
    for known in KNOWN:
        assert str(parse_address(known.address)) == known.address
        assert known.does


# ------------------------------------------------------------------------- base URLs


@pytest.mark.parametrize(
    ("url", "clean", "user"),
    [
        ("http://h:8000/v1/", "http://h:8000/v1", None),
        (" https://h ", "https://h", None),
        ("http://me:pw@h/v1", "http://h/v1", ("me", "pw")),
        ("http://me%40x:p%2Fw@h:1/v1", "http://h:1/v1", ("me@x", "p/w")),
        ("http://key@[::1]:9/v1", "http://[::1]:9/v1", ("key", "")),
        ("HTTP://HOST/v1", "http://host/v1", None),
    ],
)
def test_the_user_part_leaves_the_url(url, clean, user):
    assert split_user(url) == (clean, user)
    assert split_user(clean) == (clean, None)


@pytest.mark.parametrize(
    "url",
    ["", "h:80", "ftp://s3cret@h", "http://", "http://s3cret@", "http://s3cret@h:port",
     "http://[s3cret", "http://h/v1?key=s3cret", "http://h/v1#s3cret", "s3cret"],
)  # fmt: skip
def test_bad_urls_are_never_repeated(url):
    with pytest.raises(BadInput) as caught:
        split_user(url)
    assert "s3cret" not in str(caught.value)
    assert caught.value.hint


# ------------------------------------------------------------------------- connecting


def test_connecting_opens_nothing():
    model = connect("gpt-4o", ModelOptions(base_url="http://me:pw@h/v1/", api_key="k"))
    assert isinstance(model, OpenAIModel)
    assert model.identity == {"provider": "openai", "model": "gpt-4o", "base_url": "http://h/v1"}
    assert model._session is None


@pytest.mark.parametrize("address", ["planner", "ink"])
def test_embedded_ones_are_no_models(address):
    with pytest.raises(BadInput, match="is embedded"):
        connect(address, ModelOptions())


def test_keys_go_to_openai_addresses_only(monkeypatch):
    given: list[ModelOptions] = []

    def create(name, options):
        given.append(options)

    monkeypatch.setattr(catalog, "factory", lambda provider: create)
    connect("rehearsal", ModelOptions(base_url="http://me:pw@h", api_key="k"))
    assert (given[0].base_url, given[0].api_key, given[0].basic_auth) == (None, None, None)


def test_abilities_are_checked():
    options = ModelOptions()
    assert connect_writer("rehearsal", options)
    assert connect_illustrator("rehearsal", options)
    assert connect_embedder("rehearsal", options)
    monkey = pytest.MonkeyPatch()

    class Nothing:
        address, identity = "x", {}

        async def aclose(self) -> None: ...

    with monkey.context() as patch:
        patch.setattr(catalog, "factory", lambda provider: lambda name, options: Nothing())
        for connect_one, says in (
            (connect_writer, "can't write"),
            (connect_illustrator, "can't paint"),
            (connect_embedder, "can't embed"),
        ):
            with pytest.raises(BadInput, match=says):
                connect_one("rehearsal", options)


# --------------------------------------------------------------------------- plug-ins


@pytest.fixture
def plugged(monkeypatch):
    """Installs entry points for a test."""

    def plug(**targets: str) -> None:
        points = tuple(EntryPoint(n, v, catalog.GROUP) for n, v in targets.items())
        monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)
        catalog.forget_plugins()

    yield plug
    monkeypatch.undo()
    catalog.forget_plugins()


def test_a_plug_in_cannot_take_a_built_in_name(plugged):
    plugged(openai="os:getcwd", mine="os:getcwd")
    assert catalog.providers()["openai"] == BUILT_IN["openai"]
    assert catalog.factory("mine") is os.getcwd


@pytest.mark.parametrize("target", ["no_such_module_here:x", "os:no_such_name", "os.path:join.x"])
def test_a_broken_plug_in_is_named(plugged, target):
    plugged(mine=target)
    with pytest.raises(BadInput, match="the plug-in for 'mine'") as caught:
        catalog.factory("mine")
    assert "uninstall" in caught.value.hint


def test_a_plug_in_may_name_what_it_lacks(plugged, monkeypatch, tmp_path):
    (tmp_path / "lacking_plugin.py").write_text(
        "from storypainter.errors import MissingExtra\nraise MissingExtra('mine', 'torch')\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    plugged(mine="lacking_plugin:create")
    with pytest.raises(MissingExtra, match="pip install"):
        catalog.factory("mine")


def test_a_plug_in_may_be_a_method(plugged):
    plugged(mine="pathlib:Path.home")
    assert catalog.factory("mine")() == Path.home()  # type: ignore[call-arg]


def test_an_unknown_provider():
    with pytest.raises(BadInput, match="unknown provider"):
        catalog.factory("nowhere")


def test_a_third_party_package_adds_a_provider(tmp_path):
    """The sample package is really built and installed, and then used by address."""
    site = tmp_path / "site"
    source = tmp_path / "source"  # the build writes beside its sources
    source.mkdir()
    for file in PLUGIN.iterdir():
        if file.is_file():
            (source / file.name).write_bytes(file.read_bytes())
    built = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation",
         "--no-index", "--disable-pip-version-check", "--target", str(site), str(source)],
        capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr
    script = """
import asyncio
from storypainter.models.catalog import connect_writer, parse_address, providers
from storypainter.models.contract import ChatRequest, Message, ModelOptions
assert "parrot" in providers(), providers()
assert str(parse_address("parrot/polly")) == "parrot/polly"
model = connect_writer("parrot/polly", ModelOptions())
request = ChatRequest((Message("user", "A cat on a roof."),))
print(asyncio.run(model.chat(request)).text, dict(model.identity))
"""
    used = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert used.returncode == 0, used.stderr
    assert used.stdout.startswith("polly says: A cat on a roof.")
    assert "'provider': 'parrot'" in used.stdout


def test_an_address_prints_as_it_is_read():
    assert str(Address("openai", "x")) == "openai/x"


def test_only_a_time_out_that_was_asked_for_holds_in_this_process(monkeypatch):
    seen = []

    def create(name, options):
        seen.append(options.timeout)
        return OpenAIModel("openai/x", "x", ModelOptions(base_url="http://127.0.0.1:9/v1"))

    monkeypatch.setattr(catalog, "factory", lambda provider: create)
    for address in ("transformers/owner/model", "diffusers/owner/model", "openai/gpt-4.1"):
        connect(address, ModelOptions())
        connect(address, ModelOptions(timeout=20.0))
    assert seen == [float("inf"), 20.0, float("inf"), 20.0, 300.0, 20.0]
