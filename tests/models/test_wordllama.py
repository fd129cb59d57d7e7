"""The embedded Embedder, against the package's own code and a plain mean."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.models import wordllama
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
from storypainter.models.wordllama import WordLlama, create

STORIES = (
    "A girl in a yellow raincoat pulls her father to the carousel before it closes.",
    "The baker counts the last loaves while her son sweeps flour from the floor.",
    "Rain.",
    "Ein alter Fischer winkt der Fähre nach; 彼は一人です。 🎏",
    "  two   spaces\nand a line  ",
)


@pytest.fixture(autouse=True)
def own_models_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "models"))


@pytest.fixture(scope="module")
def model() -> WordLlama:
    return create("", ModelOptions())


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package's data in another place, to damage it."""
    folder = tmp_path / "package"
    for file in (wordllama._WEIGHTS, wordllama._TOKENIZER):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(wordllama._package_folder() / file, folder / file)
    return folder


async def embed(model: WordLlama, *texts: str) -> EmbedReply:
    return await model.embed(EmbedRequest(texts))


# ------------------------------------------------------------------------- vectors


def run_python(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_vectors_are_those_of_the_packages_own_code(model: WordLlama) -> None:
    """In a process of its own: importing the package sets up the root logger."""
    code = (
        "import json, sys\n"
        "from pathlib import Path\n"
        "import wordllama\n"
        "folder = Path(wordllama.__file__).parent\n"
        "own = wordllama.WordLlama.load(cache_dir=folder, disable_download=True)\n"
        "print(json.dumps(own.embed(json.loads(sys.argv[1]), norm=True).tolist()))"
    )
    theirs = np.array(json.loads(run_python(code, json.dumps(STORIES))))
    assert np.abs(model.embed_array(STORIES) - theirs).max() < 1e-6


def test_a_vector_is_the_mean_of_its_tokens_at_length_1(model: WordLlama) -> None:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    folder = wordllama._package_folder()
    tokenizer = Tokenizer.from_file(str(folder / wordllama._TOKENIZER))
    weights = load_file(folder / wordllama._WEIGHTS)["embedding.weight"].astype(np.float64)
    for text, row in zip(STORIES, model.embed_array(STORIES), strict=True):
        mean = weights[tokenizer.encode(text, add_special_tokens=False).ids].mean(axis=0)
        assert np.abs(row - mean / np.linalg.norm(mean)).max() < 1e-6


def test_array_and_reply_are_the_same(model: WordLlama) -> None:
    rows = model.embed_array(STORIES)
    assert (rows.shape, rows.dtype) == ((len(STORIES), 256), np.float32)
    assert np.abs(np.linalg.norm(rows, axis=1) - 1).max() < 1e-6
    reply = asyncio.run(embed(model, *STORIES))
    assert reply.vectors == tuple(map(tuple, rows.tolist()))
    assert reply.model == "wordllama"
    assert reply.usage.output_tokens == 0
    assert (reply.usage.input_tokens or 0) > 40


def test_nothing_gives_nothing(model: WordLlama) -> None:
    assert model.embed_array(()).shape == (0, 256)
    assert asyncio.run(embed(model)).vectors == ()


def test_the_texts_beside_it_change_no_bit_of_a_vector(model: WordLlama) -> None:
    long = " ".join(STORIES) * 200
    alone = {text: model.embed_array([text])[0].tobytes() for text in (*STORIES, long)}
    mixed = [*STORIES, long, *STORIES[::-1], STORIES[2]] * 40
    assert all(
        row.tobytes() == alone[text]
        for text, row in zip(mixed, model.embed_array(mixed), strict=True)
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), min_size=1, max_size=8))
def test_any_texts_have_finite_unit_vectors_or_one_is_named(
    model: WordLlama, texts: list[str]
) -> None:
    refused = [place for place, text in enumerate(texts, 1) if not text.strip()]
    if refused:
        name = f"text {refused[0]} of {len(texts)}" if len(texts) > 1 else "the text"
        with pytest.raises(CallFailed, match=f"{name} is empty"):
            model.embed_array(texts)
        return
    rows = model.embed_array(texts)
    assert np.abs(np.linalg.norm(rows.astype(np.float64), axis=1) - 1).max() < 1e-6
    assert rows[-1].tobytes() == model.embed_array(texts[-1:])[0].tobytes()


def test_likeness_follows_meaning(model: WordLlama) -> None:
    cat, kitten, budget = model.embed_array(
        [
            "A cat sleeps on the sofa.",
            "A kitten naps on the couch.",
            "The committee approved the annual budget.",
        ]
    )
    assert cat @ kitten > 0.5
    assert cat @ kitten > cat @ budget + 0.3


# ------------------------------------------------------------------- texts without one


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        (" \n\t\u00a0", "is empty"),
        ("<unk>", "holds nothing that wordllama knows"),
        ("\ud800 half", "no valid Unicode"),
    ],
)
async def test_a_text_that_can_have_no_vector_is_named(
    model: WordLlama, text: str, says: str
) -> None:
    with pytest.raises(CallFailed, match=says) as caught:
        await embed(model, STORIES[0], STORIES[1], text)
    assert caught.value.verdict is Verdict.INVALID
    assert "text 3 of 3 " in caught.value.message
    assert caught.value.hint
    with pytest.raises(CallFailed, match=f"the text .*{says}"):
        model.embed_array([text])


def test_a_text_that_is_no_story_is_too_long(model: WordLlama) -> None:
    with pytest.raises(CallFailed, match="text 2 of 2 has 1000001 characters") as caught:
        model.embed_array(["short", "x" * 1_000_001])
    assert caught.value.verdict is Verdict.TOO_LONG


def test_weights_without_a_direction_are_no_vector(copy: Path) -> None:
    from safetensors.numpy import save_file

    zeros = np.zeros((32_000, 256), np.float16)
    save_file({"embedding.weight": zeros}, copy / wordllama._WEIGHTS)
    with pytest.raises(CallFailed, match="gives no vector for text 1 of 2") as caught:
        WordLlama(copy, ModelOptions()).embed_array(["one", "two"])
    assert caught.value.verdict is Verdict.INVALID


# ------------------------------------------------------------------------- loading


def test_it_is_an_embedder_and_nothing_else() -> None:
    make: Factory = create
    model = make("", ModelOptions())
    assert isinstance(model, Embedder)
    assert not isinstance(model, (Writer, Illustrator))
    assert model.address == "wordllama"


def test_the_identity_is_that_of_the_files(copy: Path) -> None:
    model = create("", ModelOptions())
    assert model.identity | {"sha256": "", "tokenizer_sha256": ""} == {
        "provider": "wordllama",
        "model": "l2_supercat_256",
        "sha256": "",
        "tokenizer_sha256": "",
    }
    assert all(len(model.identity[name]) == 64 for name in ("sha256", "tokenizer_sha256"))
    assert WordLlama(copy, ModelOptions(timeout=1)).identity == model.identity
    weights = bytearray((copy / wordllama._WEIGHTS).read_bytes())
    weights[-1] ^= 1
    (copy / wordllama._WEIGHTS).write_bytes(weights)
    assert WordLlama(copy, ModelOptions()).identity != model.identity


def test_no_network_no_package_code_and_the_root_logger_as_it_was(tmp_path: Path) -> None:
    code = (
        "import logging, socket, sys\n"
        "def refuse(*_, **__): raise AssertionError('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from storypainter.models.catalog import connect_embedder\n"
        "from storypainter.models.contract import ModelOptions\n"
        "model = connect_embedder('wordllama', ModelOptions())\n"
        "print('numpy' in sys.modules, end=' ')\n"
        "rows = model.embed_array(['a story'])\n"
        "heavy = ('wordllama', 'requests', 'torch', 'transformers')\n"
        "print(rows.shape, [n for n in heavy if n in sys.modules],\n"
        "      logging.root.handlers, logging.root.level == logging.WARNING)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"HOME": str(tmp_path), "STORYPAINTER_MODELS_DIR": str(tmp_path)},
    )
    assert done.stdout.strip() == "False (1, 256) [] [] True"
    assert done.stderr == ""


def test_names_and_adapters_are_refused() -> None:
    with pytest.raises(BadInput, match="only one wordllama"):
        create("large", ModelOptions())
    with pytest.raises(BadInput, match="takes no adapter"):
        create("", ModelOptions(adapter="lora"))


def test_a_missing_package_says_how(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(BadInput, match="not installed") as caught:
        create("", ModelOptions())
    assert "pip install" in caught.value.hint


@pytest.mark.parametrize("damage", ["weights", "tokenizer", "shape", "gone"])
async def test_damaged_files_are_one_line(copy: Path, damage: str) -> None:
    from safetensors.numpy import save_file

    if damage == "weights":
        data = (copy / wordllama._WEIGHTS).read_bytes()
        (copy / wordllama._WEIGHTS).write_bytes(data[:5000])
    elif damage == "tokenizer":
        (copy / wordllama._TOKENIZER).write_text("{}")
    elif damage == "shape":
        save_file({"embedding.weight": np.ones((9, 256), np.float16)}, copy / wordllama._WEIGHTS)
    else:
        (copy / wordllama._WEIGHTS).unlink()
    with pytest.raises(CallFailed, match="wordllama can't be loaded") as caught:
        await embed(WordLlama(copy, ModelOptions()), "a story")
    assert caught.value.verdict is Verdict.NOT_FOUND
    assert "\n" not in str(caught.value)
    assert "pip install" in caught.value.hint


def test_a_file_that_the_package_lacks_is_named(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (copy / wordllama._TOKENIZER).unlink()
    (copy / "__init__.py").touch()
    copy.rename(copy.parent / "wordllama")
    monkeypatch.syspath_prepend(str(copy.parent))
    with pytest.raises(BadInput, match=r"lacks its file tokenizers/l2_supercat"):
        create("", ModelOptions())


# ------------------------------------------------------------------------- running


async def test_asyncio_stays_alive_and_calls_wait_for_each_other(model: WordLlama) -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.001)
            ticks += 1

    ticking = asyncio.create_task(tick())
    texts = (" ".join(STORIES),) * 300
    replies = await asyncio.gather(*[embed(model, *texts) for _ in range(3)])
    ticking.cancel()
    assert ticks > 5
    assert replies[0] == replies[1] == replies[2]


async def test_a_call_out_of_time_stops() -> None:
    model = create("", ModelOptions(timeout=0.0))
    with pytest.raises(CallFailed) as caught:
        await embed(model, *STORIES)
    assert caught.value.verdict is Verdict.TIMEOUT
    assert model.embed_array(STORIES).shape == (5, 256)  # that path has no limit
    await model.aclose()


async def test_a_closed_model_frees_its_weights_and_can_be_asked_again() -> None:
    model = create("", ModelOptions())
    await model.aclose()  # nothing to close yet
    before = await embed(model, "a story")
    await model.aclose()
    assert model._encoder is None
    assert await embed(model, "a story") == before
    await model.aclose()


def test_memory_does_not_grow_with_the_number_of_texts(model: WordLlama) -> None:
    texts = [" ".join(STORIES) * 10] * 600
    model.embed_array(texts[:1])
    tracemalloc.start()
    rows = model.embed_array(texts)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < rows.nbytes + 24_000_000
