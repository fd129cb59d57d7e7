"""transformers/ as an Embedder, on models of two layers that are saved and loaded for real."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from tiny_embedders import (
    CONTEXT,
    TEXTS,
    add_dense,
    add_sentence_files,
    build_tiny_bert,
    build_tiny_qwen3,
    change,
)
from tiny_models import build_tiny_chat_model

from storypainter.errors import BadInput, MissingExtra
from storypainter.models import local_embedding, transformers
from storypainter.models.catalog import connect, connect_embedder, connect_writer
from storypainter.models.contract import (
    CallFailed,
    ChatRequest,
    Embedder,
    EmbedReply,
    EmbedRequest,
    Factory,
    Illustrator,
    Message,
    ModelOptions,
    Verdict,
    Writer,
)
from storypainter.models.transformers_embedding import TransformersEmbedder, create

LAST = {"pooling_mode_mean_tokens": False, "pooling_mode_lasttoken": True}


@pytest.fixture(scope="module")
def qwen3(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_qwen3(tmp_path_factory.mktemp("tiny") / "qwen3")


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_bert(tmp_path_factory.mktemp("tiny") / "bert")


@pytest.fixture(autouse=True)
def own_models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))


@pytest.fixture
def qwen3_copy(qwen3: Path, tmp_path: Path) -> Path:
    return shutil.copytree(qwen3, tmp_path / "qwen3")


@pytest.fixture
def bert_copy(bert: Path, tmp_path: Path) -> Path:
    return shutil.copytree(bert, tmp_path / "bert")


async def embed(
    folder: Path | str, *texts: str, prefix: str | None = None, **options: Any
) -> EmbedReply:
    model = create(str(folder), ModelOptions(**options), prefix=prefix)
    try:
        return await model.embed(EmbedRequest(texts))
    finally:
        await model.aclose()


def rows_of(folder: Path, *texts: str, prefix: str | None = None) -> np.ndarray:
    return create(str(folder), ModelOptions(), prefix=prefix).embed_array(texts)


async def failure(folder: Path | str, *texts: str, **options: Any) -> CallFailed:
    with pytest.raises(CallFailed) as caught:
        await embed(folder, *(texts or TEXTS), **options)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return caught.value


def states(folder: Path, text: str) -> np.ndarray:
    """The last hidden states of one text by itself, without any of our code: (tokens, 32)."""
    from transformers import AutoModel, AutoTokenizer

    tokens = AutoTokenizer.from_pretrained(folder)(text, return_tensors="pt")
    with torch.no_grad():
        found = AutoModel.from_pretrained(folder).eval()(**tokens).last_hidden_state[0]
    return found.double().numpy()


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


# ------------------------------------------------------------------------- pooling


@pytest.mark.parametrize("has_files", [False, True])
def test_a_decoder_gives_the_state_of_the_last_real_token(
    qwen3_copy: Path, has_files: bool
) -> None:
    if has_files:
        add_sentence_files(qwen3_copy, LAST, prompts={"query": "Instruct: find\nQuery:"})
    rows = rows_of(qwen3_copy, *TEXTS)  # of four lengths, so that all but one are padded
    for text, row in zip(TEXTS, rows, strict=True):
        assert np.abs(row - unit(states(qwen3_copy, text)[-1])).max() < 1e-5


def test_an_encoder_gives_the_mean_of_its_real_tokens(bert: Path) -> None:
    for text, row in zip(TEXTS, rows_of(bert, *TEXTS), strict=True):
        assert np.abs(row - unit(states(bert, text).mean(axis=0))).max() < 1e-5


@pytest.mark.parametrize(
    ("pooling", "pooled"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, lambda s: s[0]),
        ({"pooling_mode": "cls"}, lambda s: s[0]),
        ({"pooling_mode": "mean"}, lambda s: s.mean(axis=0)),
        ({"pooling_mode": ["lasttoken"]}, lambda s: s[-1]),
        ({"pooling_mode_mean_sqrt_len_tokens": True}, lambda s: s.mean(axis=0)),
    ],
    ids=["cls, older", "cls", "mean", "last", "sqrt"],
)
def test_the_models_own_files_decide(bert_copy: Path, pooling: Any, pooled: Any) -> None:
    add_sentence_files(bert_copy, pooling, steps=())
    for text, row in zip(TEXTS, rows_of(bert_copy, *TEXTS), strict=True):
        assert np.abs(row - unit(pooled(states(bert_copy, text)))).max() < 1e-5


@pytest.mark.parametrize("kind", ["qwen3", "bert"])
def test_a_vector_does_not_depend_on_the_texts_beside_it(
    kind: str, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(kind)
    many = [*TEXTS, *TEXTS[::-1], TEXTS[1]] * 5
    alone = {text: rows_of(folder, text)[0] for text in TEXTS}
    for text, row in zip(many, rows_of(folder, *many), strict=True):
        assert np.abs(row - alone[text]).max() < 1e-5
        assert abs(float(row @ row) - 1) < 1e-5


async def test_array_and_reply_are_the_same(qwen3: Path) -> None:
    reply = await embed(qwen3, *TEXTS)
    rows = rows_of(qwen3, *TEXTS)
    assert (rows.shape, rows.dtype) == ((4, 32), np.float32)
    assert reply.vectors == tuple(map(tuple, rows.tolist()))
    assert (reply.usage.input_tokens, reply.usage.output_tokens) == (
        sum(len(states(qwen3, text)) for text in TEXTS),
        0,
    )
    assert rows_of(qwen3).shape == (0, 32)


@given(st.lists(st.integers(1, 3 * local_embedding.BATCH_TOKENS), max_size=40))
def test_batches_hold_each_text_once_and_little_padding(lengths: list[int]) -> None:
    found = list(local_embedding.batches(lengths))
    assert sorted(place for batch in found for place in batch) == list(range(len(lengths)))
    for batch in found:
        padded = len(batch) * max(lengths[place] for place in batch)
        assert padded <= local_embedding.BATCH_TOKENS or len(batch) == 1


def test_many_texts_are_read_in_runs(bert: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [*TEXTS, *TEXTS[::-1]]
    at_once = rows_of(bert, *many)
    monkeypatch.setattr(local_embedding, "AHEAD_TOKENS", 8)
    monkeypatch.setattr(local_embedding, "BATCH_TOKENS", 16)
    assert np.abs(rows_of(bert, *many) - at_once).max() < 1e-5


# ------------------------------------------------------------------ prefix and length


def test_a_prefix_goes_before_each_text(qwen3: Path) -> None:
    prefix = "Tell me what the picture shows. "
    rows = rows_of(qwen3, *TEXTS, prefix=prefix)
    for text, row in zip(TEXTS, rows, strict=True):
        assert np.abs(row - unit(states(qwen3, prefix + text)[-1])).max() < 1e-5


def test_the_models_own_default_prefix_counts_until_another_is_given(qwen3_copy: Path) -> None:
    plain = rows_of(qwen3_copy, *TEXTS)
    add_sentence_files(
        qwen3_copy, LAST, prompts={"query": "Q: ", "story": "S: "}, default_prompt_name="story"
    )
    own = rows_of(qwen3_copy, *TEXTS)
    assert np.abs(own - rows_of(qwen3_copy, *TEXTS, prefix="S: ")).max() < 1e-6
    assert np.abs(own - plain).max() > 0.01
    assert np.abs(rows_of(qwen3_copy, *TEXTS, prefix="") - plain).max() < 1e-6


def test_the_prefix_is_in_the_identity(qwen3: Path) -> None:
    found = [
        create(str(qwen3), ModelOptions(), prefix=prefix).identity for prefix in (None, "", "Q: ")
    ]
    assert found[0] != found[1] != found[2] != found[0]


async def test_a_prefix_that_must_not_be_pooled_is_refused(bert_copy: Path) -> None:
    add_sentence_files(bert_copy, {"pooling_mode": "mean", "include_prompt": False})
    assert (await embed(bert_copy, *TEXTS)).vectors
    found = await failure(bert_copy, prefix="The old man. ")
    assert found.verdict is Verdict.NOT_FOUND
    assert "sentence-transformers/" in found.hint


def test_a_model_that_wants_small_letters_gets_them(qwen3_copy: Path) -> None:
    add_sentence_files(qwen3_copy, LAST)
    change(qwen3_copy, "sentence_bert_config.json", do_lower_case=True)
    rows = rows_of(qwen3_copy, "THE BAKER", "the baker")
    assert np.abs(rows[0] - rows[1]).max() < 1e-6


@pytest.mark.parametrize("named", ["position", "tokenizer", "sentence"])
async def test_a_text_beyond_the_context_is_named_not_cut(bert_copy: Path, named: str) -> None:
    longest = CONTEXT if named == "position" else 20
    if named == "tokenizer":
        change(bert_copy, "tokenizer_config.json", model_max_length=20)
    if named == "sentence":
        add_sentence_files(bert_copy, {"pooling_mode": "mean"})
        change(bert_copy, "sentence_bert_config.json", max_seq_length=20)
    fits = "loaves " * (longest - 2)
    assert (await embed(bert_copy, fits)).usage.input_tokens == longest
    found = await failure(bert_copy, TEXTS[0], fits + "loaves")
    assert found.verdict is Verdict.TOO_LONG
    assert f"text 2 of 2 has {longest + 1} tokens" in found.message
    assert f"holds {longest} " in str(found)


# ------------------------------------------------------------------ texts without one


async def test_empty_and_unknown_texts_are_named(bert: Path) -> None:
    for text, says in (("", "is empty"), ("🎏 🎏", "holds nothing"), ("[SEP]", "holds nothing")):
        found = await failure(bert, TEXTS[0], text, TEXTS[1])
        assert found.verdict is Verdict.INVALID
        assert f"text 2 of 3 {says}" in found.message


async def test_a_vector_without_direction_is_none(bert_copy: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(bert_copy / "model.safetensors")
    for name in weights:
        if "layer.1.output.LayerNorm" in name:
            weights[name] = torch.zeros_like(weights[name])
    save_file(weights, bert_copy / "model.safetensors", metadata={"format": "pt"})
    found = await failure(bert_copy, TEXTS[0])
    assert found.verdict is Verdict.INVALID
    assert "gives no vector for the text" in found.message


# ------------------------------------------------------------------------- loading


def test_it_is_an_embedder_and_nothing_else(qwen3: Path) -> None:
    make: Factory = create
    model = make(str(qwen3), ModelOptions())
    assert isinstance(model, Embedder)
    assert not isinstance(model, (Writer, Illustrator))
    assert model.address == f"transformers/{qwen3}"


def test_making_a_model_loads_no_torch() -> None:
    code = (
        "import sys; from storypainter.models.catalog import connect_embedder\n"
        "from storypainter.models.contract import ModelOptions\n"
        "connect_embedder('transformers/Qwen/Qwen3-Embedding-0.6B', ModelOptions())\n"
        "print([n for n in ('torch', 'transformers', 'numpy') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", ["torch", "transformers", "safetensors"])
def test_a_missing_package_names_the_extra(
    qwen3: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"storypainter\[torch\]"):
        create(str(qwen3), ModelOptions())


async def test_weights_that_are_missing_are_never_made_up(bert_copy: Path) -> None:
    from safetensors.torch import load_file, save_file

    path = bert_copy / "model.safetensors"
    weights = load_file(path)
    heads = [name for name in weights if name.startswith("pooler.")]
    assert heads
    without_head = {name: tensor for name, tensor in weights.items() if name not in heads}
    before = rows_of(bert_copy, *TEXTS)
    save_file(without_head, path, metadata={"format": "pt"})
    assert np.abs(rows_of(bert_copy, *TEXTS) - before).max() < 1e-6  # that one isn't used
    lost = next(name for name in weights if "layer.1.attention" in name)
    del without_head[lost]
    save_file(without_head, path, metadata={"format": "pt"})
    found = await failure(bert_copy)
    assert found.verdict is Verdict.NOT_FOUND
    assert "lack 1 of the model's tensors" in found.message


@pytest.mark.parametrize("damage", ["truncate", "config", "tokenizer"])
async def test_a_damaged_folder_is_one_line(bert_copy: Path, damage: str) -> None:
    if damage == "truncate":
        weights = bert_copy / "model.safetensors"
        weights.write_bytes(weights.read_bytes()[:5000])
    elif damage == "config":
        (bert_copy / "config.json").write_text("{")
    else:
        (bert_copy / "tokenizer.json").write_text("{}")
    found = await failure(bert_copy)
    assert found.verdict is Verdict.NOT_FOUND
    assert "bert can't be loaded" in found.message


async def test_an_encoder_with_a_decoder_is_refused(tmp_path: Path, bert: Path) -> None:
    from transformers import T5Config, T5Model

    folder = shutil.copytree(bert, tmp_path / "t5")
    T5Model(
        T5Config(vocab_size=99, d_model=8, d_kv=4, d_ff=8, num_layers=1, num_heads=2)
    ).save_pretrained(folder)
    found = await failure(folder)
    assert found.verdict is Verdict.NOT_FOUND
    assert "an encoder with a decoder" in found.message


async def test_a_model_that_cannot_take_its_own_tokens_is_one_line(bert_copy: Path) -> None:
    plain = json.loads((bert_copy / "tokenizer.json").read_text())
    words = plain["model"]["vocab"]
    words["waves"] = len(words) + 500  # beyond the embedding table
    (bert_copy / "tokenizer.json").write_text(json.dumps(plain))
    found = await failure(bert_copy, "A girl waves.")
    assert found.verdict is Verdict.INVALID
    assert "can't embed this" in found.message


@pytest.mark.parametrize("device", ["cuda:99", "meta", "banana"])
async def test_a_device_that_is_not_there_is_one_line(bert: Path, device: str) -> None:
    found = await failure(bert, device=device)
    assert found.verdict is Verdict.NOT_FOUND
    assert device in found.message


async def test_nothing_is_printed_or_warned(
    qwen3: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    await embed(qwen3, *TEXTS)
    assert capfd.readouterr() == ("", "")
    assert [str(warning.message) for warning in recwarn] == []


# ------------------------------------------------------------------- hostile folders


@pytest.mark.parametrize(
    ("type_", "path", "says"),
    [
        ("sentence_transformers.models.CNN", "1_CNN", "module sentence_transformers.models.CNN"),
        ("sentence_transformers.models.Dense", "1_Dense", "is not supported here"),
        ("evil.Pooling", "1_Pooling", "module evil.Pooling"),
        ("os.system", "1_Pooling", "module os.system"),
        ("sentence_transformers.models.Pooling", "../elsewhere", "leads to '../elsewhere'"),
        ("sentence_transformers.models.Pooling", "/etc", "leads to '/etc'"),
        ("sentence_transformers.models.Pooling", None, "can't be read"),
        (["x"], "", "can't be read"),
    ],
)
def test_modules_are_looked_up_not_imported(
    bert_copy: Path, type_: Any, path: Any, says: str
) -> None:
    add_sentence_files(bert_copy, {"pooling_mode": "mean"})
    rows = json.loads((bert_copy / "modules.json").read_text())
    rows[1] |= {"type": type_, "path": path}
    (bert_copy / "modules.json").write_text(json.dumps(rows))
    with pytest.raises(BadInput, match=says) as caught:
        create(str(bert_copy), ModelOptions())
    assert caught.value.hint


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "[3]", '[{"type": "x"}]'])
def test_a_list_of_modules_that_is_none(bert_copy: Path, text: str) -> None:
    (bert_copy / "modules.json").write_text(text)
    with pytest.raises(BadInput, match=r"modules\.json can't be read"):
        create(str(bert_copy), ModelOptions())


@pytest.mark.parametrize(
    ("pooling", "says"),
    [
        ({"pooling_mode": "max"}, "pools by max"),
        ({"pooling_mode": ["mean", "cls"]}, r"pools by mean\+cls"),
        ({"pooling_mode_weightedmean_tokens": True}, "pools by weightedmean"),
        ({"pooling_mode": 3}, "can't be read"),
        ({}, "can't be read"),
    ],
)
def test_poolings_that_are_not_known_name_who_knows_them(
    bert_copy: Path, pooling: dict[str, Any], says: str
) -> None:
    add_sentence_files(bert_copy, pooling)
    with pytest.raises(BadInput, match=says) as caught:
        create(str(bert_copy), ModelOptions())
    assert "sentence-transformers/" in caught.value.hint or "again" in caught.value.hint


@pytest.mark.parametrize("rest", [("Pooling",), ("Normalize", "Pooling")])
def test_modules_in_another_order_are_refused(bert_copy: Path, rest: tuple[str, ...]) -> None:
    add_sentence_files(bert_copy, {"pooling_mode": "mean"}, steps=rest)
    with pytest.raises(BadInput, match="an order that is not supported"):
        create(str(bert_copy), ModelOptions())


async def test_pickled_weights_and_adapters_are_refused(bert_copy: Path) -> None:
    from safetensors.torch import load_file

    weights = bert_copy / "model.safetensors"
    (bert_copy / "adapter_config.json").write_text("{}")
    with pytest.raises(BadInput, match="holds an adapter"):
        create(str(bert_copy), ModelOptions())
    (bert_copy / "adapter_config.json").unlink()
    torch.save(load_file(weights), bert_copy / "pytorch_model.bin")
    weights.rename(bert_copy / "decoy.safetensors")
    assert (await failure(bert_copy)).verdict is Verdict.NOT_FOUND
    (bert_copy / "decoy.safetensors").unlink()
    with pytest.raises(BadInput, match="holds no safetensors"):
        create(str(bert_copy), ModelOptions())
    with pytest.raises(BadInput, match="takes no adapter"):
        create("owner/model", ModelOptions(adapter="lora"))


async def test_code_in_a_models_folder_is_not_run(bert_copy: Path) -> None:
    trace = bert_copy / "was-run"
    (bert_copy / "evil.py").write_text(f"open({str(trace)!r}, 'w')\nclass Evil: ...\n")
    change(bert_copy, "tokenizer_config.json", auto_map={"AutoTokenizer": ["evil.Evil", None]})
    change(
        bert_copy,
        "config.json",
        model_type="evil",
        auto_map={"AutoConfig": "evil.Evil", "AutoModel": "evil.Evil"},
    )
    assert (await failure(bert_copy)).verdict is Verdict.NOT_FOUND
    assert not trace.exists()


def test_settings_that_name_code_elsewhere_are_refused(bert_copy: Path) -> None:
    add_sentence_files(bert_copy, {"pooling_mode": "mean"})
    change(bert_copy, "sentence_bert_config.json", model_args={"attn_implementation": "a/kernel"})
    with pytest.raises(BadInput, match="names code or files elsewhere, in model_args"):
        create(str(bert_copy), ModelOptions())


# ---------------------------------------------------------------------- hub ids


@pytest.fixture
def offline_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


COMMIT = "0123456789abcdef0123456789abcdef01234567"


def put_into(hub: Path, folder: Path) -> None:
    cached = hub / "models--tiny--model"
    shutil.copytree(folder, cached / "snapshots" / COMMIT)
    (cached / "refs").mkdir()
    (cached / "refs" / "main").write_text(COMMIT)


async def test_a_hub_id_without_network_is_one_line(offline_hub: Path) -> None:
    assert create("tiny/model", ModelOptions()).identity["revision"] == "main"
    found = await failure("tiny/model")
    assert found.verdict is Verdict.NOT_FOUND
    assert "the hub can't be reached" in found.message


async def test_a_cached_hub_id_answers_as_its_folder_does(
    offline_hub: Path, qwen3_copy: Path
) -> None:
    add_sentence_files(qwen3_copy, LAST)
    put_into(offline_hub, qwen3_copy)
    assert create("tiny/model", ModelOptions()).identity == {
        "provider": "transformers",
        "model": "tiny/model",
        "revision": COMMIT,
    }
    cached, own = await embed("tiny/model", *TEXTS), await embed(qwen3_copy, *TEXTS)
    assert (cached.vectors, cached.usage) == (own.vectors, own.usage)
    assert cached.model == "transformers/tiny/model"
    assert create(f"tiny/model@{COMMIT}", ModelOptions()).identity["revision"] == COMMIT


async def test_a_hub_id_with_unknown_modules_is_refused_when_it_is_there(
    offline_hub: Path, bert_copy: Path
) -> None:
    add_sentence_files(bert_copy, {"pooling_mode": "mean"}, steps=("Dense",))
    add_dense(bert_copy, 2)
    put_into(offline_hub, bert_copy)
    found = await failure("tiny/model")
    assert found.verdict is Verdict.NOT_FOUND
    assert "sentence_transformers.models.Dense" in found.message


# ------------------------------------------------------------------------ identity


def test_the_identity_is_that_of_all_files_that_count(bert_copy: Path, tmp_path: Path) -> None:
    def identity(folder: Path, **options: Any) -> dict[str, str]:
        found = dict(create(str(folder), ModelOptions(**options)).identity)
        found.pop("model")
        return found

    add_sentence_files(bert_copy, {"pooling_mode": "mean"})
    before = identity(bert_copy)
    assert identity(shutil.copytree(bert_copy, tmp_path / "moved")) == before
    assert identity(bert_copy, device="cpu", timeout=1) == before
    (bert_copy / "README.md").write_text("hello")
    (bert_copy / "onnx").mkdir()
    (bert_copy / "onnx" / "config.json").write_text("{}")
    assert identity(bert_copy) == before
    change(bert_copy, "1_Pooling/config.json", pooling_mode="cls")
    pooled = identity(bert_copy)
    assert pooled != before
    weights = bert_copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert identity(bert_copy) != pooled


# --------------------------------------------------------- a Writer, or an Embedder


def test_the_same_address_is_both_where_nothing_tells_them_apart(qwen3: Path) -> None:
    """An embedding model that was saved without its own files looks like a chat model."""
    address = f"transformers/{qwen3}"
    assert isinstance(connect_writer(address, ModelOptions()), Writer)
    assert isinstance(connect_embedder(address, ModelOptions()), TransformersEmbedder)


def test_an_embedding_model_writes_nothing(qwen3_copy: Path) -> None:
    add_sentence_files(qwen3_copy, LAST)
    address = f"transformers/{qwen3_copy}"
    assert isinstance(connect(address, ModelOptions()), TransformersEmbedder)
    with pytest.raises(BadInput, match="can't write stories"):
        connect_writer(address, ModelOptions())


def test_a_cached_embedding_model_writes_nothing(offline_hub: Path, qwen3_copy: Path) -> None:
    put_into(offline_hub, add_sentence_files(qwen3_copy, LAST))
    with pytest.raises(BadInput, match="can't write stories"):
        connect_writer("transformers/tiny/model", ModelOptions())


async def test_an_embedding_model_that_is_only_found_out_when_it_is_there(
    offline_hub: Path, tmp_path: Path
) -> None:
    folder = build_tiny_chat_model(tmp_path / "chat")
    model = transformers.create("tiny/model", ModelOptions())
    put_into(offline_hub, add_sentence_files(folder, LAST))
    with pytest.raises(CallFailed, match="is an embedding model: it writes nothing") as caught:
        await model.chat(ChatRequest((Message("user", "Tell."),)))
    assert caught.value.verdict is Verdict.NOT_FOUND
    await model.aclose()


# ------------------------------------------------------------------------- running


async def test_a_call_out_of_time_stops(bert: Path) -> None:
    assert (await failure(bert, timeout=0.0)).verdict is Verdict.TIMEOUT


async def test_a_cancelled_call_leaves_the_model_usable(bert: Path) -> None:
    model = create(str(bert), ModelOptions())
    expected = await model.embed(EmbedRequest(TEXTS))
    calls = [asyncio.create_task(model.embed(EmbedRequest(TEXTS * 50))) for _ in range(3)]
    await asyncio.sleep(0.01)
    for call in calls:
        call.cancel()
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, asyncio.CancelledError) for result in results)
    assert await model.embed(EmbedRequest(TEXTS)) == expected
    await model.aclose()
    assert model._encoder is None
