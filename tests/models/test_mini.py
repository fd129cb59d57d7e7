"""The Mini-Storytellers that come with storypainter: a pulled base with a shipped adapter."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from tiny_models import build_tiny_gguf_adapter

from storypainter import assembly
from storypainter.cli import main
from storypainter.errors import BadInput, MissingExtra
from storypainter.models import llama, mini
from storypainter.models.catalog import connect_writer, parse_address
from storypainter.models.contract import ChatRequest, Factory, Message, ModelOptions, Writer
from storypainter.models.local_files import KNOWN, file_sha256
from storypainter.models.pull import pull
from storypainter.models.sessions import Sessions
from storypainter.settings import resolve

ASKED = ChatRequest((Message("user", "A story, please."),), temperature=0.0, max_tokens=16)


@pytest.fixture(scope="session")
def smollm2() -> Path:
    return pull("smollm2-135m")


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the shipped files, with an adapter of random weights."""
    monkeypatch.setattr(mini, "FILES", tmp_path)
    build_tiny_gguf_adapter(
        tmp_path / "smollm2-135m.gguf",
        {f"blk.{n}.ffn_down.weight": (1536, 576) for n in range(30)},
    )
    (tmp_path / "smollm2-135m.md").write_text("# A card\n\nTen outputs, unpicked.\n")
    return tmp_path


def test_bare_mini_is_the_default_one_and_a_writer(smollm2: Path, files: Path) -> None:
    make: Factory = mini.create
    assert str(parse_address("mini")) == "mini"
    for address in ("mini", "mini/smollm2-135m"):
        model = connect_writer(address, ModelOptions())
        assert isinstance(model, Writer)
        assert model.address == "mini/smollm2-135m"
        assert model.identity == make("", ModelOptions()).identity


def test_its_identity_is_base_adapter_and_scale(smollm2: Path, files: Path) -> None:
    whole = mini.create("", ModelOptions(seed=3)).identity
    assert whole == {
        "provider": "llama",
        "model": "smollm2-135m",
        "sha256": KNOWN["smollm2-135m"].sha256,
        "adapter_sha256": file_sha256(files / "smollm2-135m.gguf"),
        "seed": "3",
    }
    by_hand = ModelOptions(adapter=str(files / "smollm2-135m.gguf"), seed=3)
    assert llama.create("smollm2-135m", by_hand).identity == whole
    base = mini.create("smollm2-135m@0", ModelOptions(seed=3))
    assert base.identity == {**whole, "adapter_scale": "0"}
    assert base.address == "mini/smollm2-135m@0"


@pytest.mark.slow
async def test_it_writes_and_its_base_answers_beside_it(smollm2: Path, files: Path) -> None:
    sessions: Sessions[object] = Sessions()
    options = ModelOptions(sessions=sessions)  # type: ignore[arg-type]
    plain = llama.create("smollm2-135m", ModelOptions())
    small = mini.create("", options)
    base = mini.create("smollm2-135m@0", options)
    told, aside, alone = await asyncio.gather(*(m.chat(ASKED) for m in (small, base, plain)))
    assert aside.text == alone.text
    assert told.text != alone.text
    assert small._host is base._host is not None
    for model in (small, base, plain):
        await model.aclose()


def test_without_its_files_it_is_one_clear_line(
    smollm2: Path, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("smollm2-135m.md", "smollm2-135m.gguf"):
        (files / name).unlink()
        with pytest.raises(BadInput, match="is not part of this installation") as caught:
            mini.create("", ModelOptions())
        assert "docs/mini_storyteller.md" in caught.value.hint
    assert main.run(main.cli, ["models", "show", "mini"]) == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "smollm2-135m.gguf is missing" in err


def test_a_base_not_pulled_yet_says_how(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path / "none"))
    with pytest.raises(BadInput) as caught:
        mini.create("", ModelOptions())
    assert caught.value.hint == "run: storypainter models pull smollm2-135m"


@pytest.mark.parametrize(
    ("name", "adapter", "says"),
    [
        ("large", None, "no Mini-Storyteller 'large'"),
        ("smollm2-135m@much", None, "'much' is no scale"),
        ("smollm2-135m@", None, "'' is no scale"),
        ("smollm2-135m", "a.gguf", "an adapter of its own"),
    ],
)
def test_what_it_is_not_is_refused(files: Path, name: str, adapter: str | None, says: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        mini.create(name, ModelOptions(adapter=adapter))
    assert caught.value.hint


def test_without_xllamacpp_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(MissingExtra, match=r"mini/smollm2-135m needs the extra \[local\]"):
        mini.create("", ModelOptions())


# ------------------------------------------------------------------------- commands


def test_the_commands_show_it_with_card_and_licence(
    smollm2: Path, files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main.run(main.cli, ["models", "list"]) == 0
    assert "\nmini " in capsys.readouterr().out
    assert main.run(main.cli, ["models", "show", "mini"]) == 0
    told = capsys.readouterr().out
    assert told.endswith("# A card\n\nTen outputs, unpicked.\n")
    assert file_sha256(files / "smollm2-135m.gguf") in told
    assert "llama/smollm2-135m: here" in told
    assert "licence  see the card; base: Apache-2.0" in told


def test_pulled_models_are_shown_with_licence_and_state(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STORYPAINTER_MODELS_DIR", str(tmp_path))
    assert main.run(main.cli, ["models", "show", "gemma3-270m"]) == 0
    told = capsys.readouterr().out
    assert "absent; run: storypainter models pull gemma3-270m" in told
    assert "Gemma Terms of Use" in told
    assert "plain one: a base model" in told
    for address in ("gpt-4o", "llama/some/file.gguf"):
        assert main.run(main.cli, ["models", "show", address]) == 2
        assert "nothing is kept here about" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["mini", "mini/smollm2-135m@0"])
def test_it_is_sampled_as_its_card_says_unless_asked_otherwise(address: str) -> None:
    own = assembly._with_own_sampling(resolve({"storyteller": address}, {}))
    assert (own.temperature, own.top_p) == (0.7, 0.95)
    asked = resolve({"storyteller": address, "temperature": 1.0}, {"STORYPAINTER_TOP_P": "0.5"})
    assert assembly._with_own_sampling(asked).temperature == 1.0
    assert assembly._with_own_sampling(asked).top_p == 0.5
    other = resolve({"storyteller": "llama/smollm2-135m"}, {})
    assert assembly._with_own_sampling(other) == other.spec
