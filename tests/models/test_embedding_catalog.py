"""From an address to an Embedder, and the rehearsal's vectors."""

from __future__ import annotations

import math
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.models import catalog
from storypainter.models.catalog import (
    EMBEDDED,
    KNOWN,
    connect,
    connect_embedder,
    connect_illustrator,
    connect_writer,
    parse_address,
)
from storypainter.models.contract import CallFailed, EmbedRequest, ModelOptions, Verdict
from storypainter.models.openai import OpenAIModel
from storypainter.models.probing import probe
from storypainter.models.rehearsal import Rehearsal
from storypainter.models.transformers_embedding import TransformersEmbedder
from storypainter.models.wordllama import WordLlama


@pytest.fixture(autouse=True)
def own_models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))


def test_wordllama_is_an_address_by_its_bare_name() -> None:
    address = parse_address(" wordllama ")
    assert (address.provider, address.name, str(address)) == ("wordllama", "", "wordllama")
    assert not address.is_embedded  # it is called as a model, unlike planner and ink
    assert isinstance(connect_embedder("wordllama", ModelOptions()), WordLlama)
    assert isinstance(connect("wordllama", ModelOptions()), WordLlama)


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("wordlama", "did you mean wordllama"),
        ("wordllama/large", "only one wordllama"),
        ("wordllama/", "names no model"),
        ("sentence-transformers/", "names no model"),
        ("minilm", "unknown model"),
    ],
)
def test_addresses_that_are_none(address: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        connect_embedder(address, ModelOptions())


def test_an_embedder_neither_writes_nor_paints() -> None:
    with pytest.raises(BadInput, match="wordllama can't write stories"):
        connect_writer("wordllama", ModelOptions())
    with pytest.raises(BadInput, match="wordllama can't paint"):
        connect_illustrator("wordllama", ModelOptions())


NO_EMBEDDERS = [known.address for known in KNOWN if "embed" not in known.does]


@pytest.mark.parametrize(
    "address", [*NO_EMBEDDERS, *sorted(EMBEDDED), "gpt-4o", "dalle3", "smollm2-135m"]
)
def test_what_is_known_not_to_embed_is_one_clear_error(address: str) -> None:
    """Before any key, weight or extra is asked for."""
    with pytest.raises(BadInput, match="can't embed texts") as caught:
        connect_embedder(address, ModelOptions())
    assert "wordllama" in caught.value.hint
    assert "\n" not in str(caught.value)


def test_a_writer_that_nobody_knows_is_the_same_error(tmp_path: Path) -> None:
    (tmp_path / "own.gguf").write_bytes(b"GGUF")
    with pytest.raises(BadInput, match="can't embed texts"):
        connect_embedder(f"llama/{tmp_path / 'own.gguf'}", ModelOptions())


def test_another_server_may_embed_with_any_name() -> None:
    options = ModelOptions(base_url="http://me:pw@127.0.0.1:1/v1", api_key="k")
    model = connect_embedder("gpt-4o", options)
    assert isinstance(model, OpenAIModel)
    assert model.identity["base_url"] == "http://127.0.0.1:1/v1"
    with pytest.raises(BadInput, match="can't embed texts"):
        connect_embedder("llama/smollm2-135m", options)


def test_keys_stay_with_openai_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    given_options: list[ModelOptions] = []

    def create(name: str, options: ModelOptions) -> TransformersEmbedder:
        given_options.append(options)
        return real(name, options)

    real = catalog._load(catalog.EMBEDDERS["transformers"])
    monkeypatch.setattr(catalog, "_load", lambda target: create)
    connect_embedder("transformers/a/b", ModelOptions(base_url="http://me:pw@h", api_key="k"))
    assert (given_options[0].base_url, given_options[0].api_key) == (None, None)


def test_a_plug_in_adds_an_embedder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "embedding_plugin.py").write_text(
        "from storypainter.models.contract import EmbedReply\n"
        "class Own:\n"
        "    address, identity = 'acme/x', {'provider': 'acme'}\n"
        "    async def embed(self, request): return EmbedReply(((1.0,),) * len(request.texts))\n"
        "    async def aclose(self): pass\n"
        "class Mute:\n"
        "    address, identity = 'mute/x', {'provider': 'mute'}\n"
        "    async def aclose(self): pass\n"
        "def create(name, options): return Own()\n"
        "def create_mute(name, options): return Mute()\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    points = tuple(
        EntryPoint(name, f"embedding_plugin:{value}", catalog.GROUP)
        for name, value in (("acme", "create"), ("mute", "create_mute"), ("wordllama", "create"))
    )
    with monkeypatch.context() as patch:
        patch.setattr("importlib.metadata.entry_points", lambda group: points)
        catalog.forget_plugins()
        assert connect_embedder("acme/x", ModelOptions()).address == "acme/x"
        assert isinstance(connect_embedder("wordllama", ModelOptions()), WordLlama)
        with pytest.raises(BadInput, match="mute/x can't embed texts"):
            connect_embedder("mute/x", ModelOptions())
    catalog.forget_plugins()


async def test_a_probe_finds_what_an_embedder_can() -> None:
    model = connect("wordllama", ModelOptions())
    found = {ability.name: ability for ability in await probe(model)}
    assert found["embeddings"].works is True
    assert found["embeddings"].detail == "256 dimensions"
    assert not any(found[name].works for name in found if name != "embeddings")
    await model.aclose()


# ------------------------------------------------------------------------ rehearsal


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), max_size=5))
async def test_a_rehearsal_embeds_the_same_text_the_same(texts: list[str]) -> None:
    reply = await Rehearsal().embed(EmbedRequest(tuple(texts)))
    again = await Rehearsal("another").embed(EmbedRequest(tuple(texts[::-1])))
    assert reply.vectors == again.vectors[::-1]
    assert all(len(vector) == 16 for vector in reply.vectors)
    assert all(math.isclose(math.hypot(*vector), 1) for vector in reply.vectors)


async def test_a_rehearsal_can_fail_to_embed(tmp_path: Path) -> None:
    script = tmp_path / "script.jsonl"
    script.write_text('{"fail": "too_long"}\n')
    model = connect_embedder(f"rehearsal/{script}", ModelOptions())
    with pytest.raises(CallFailed) as caught:
        await model.embed(EmbedRequest(("a",)))
    assert caught.value.verdict is Verdict.TOO_LONG
    assert len((await model.embed(EmbedRequest(("a",)))).vectors) == 1
