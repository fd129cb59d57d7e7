from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from squares import GRID, SIZE, square

from storypainter.cli.sequences_small_seer import command
from storypainter.errors import BadInput
from storypainter.sequences.small_seer import aligning, pieces

pytest.importorskip("trl")


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(aligning, "UPDATES", 20)
    monkeypatch.setattr(pieces, "drawn", lambda scene, seed, size, grid: square(seed))

    class Planned:
        scene = None

    monkeypatch.setattr("storypainter.planner.plan", lambda seed, index: Planned())
    said = run(
        "draw", "--out", tmp_path / "pics", "-n", 200, "--source", "plans", "--size", SIZE, "--grid", GRID,
        "--workers", 1,
    )  # fmt: skip
    assert said.output.splitlines()[-1].startswith("200 pictures (18 held out, 0 left out)")
    return tmp_path / "pics"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(
        command, [str(each) for each in arguments], catch_exceptions=False, standalone_mode=False
    )


def test_draw_encode_build_from_the_commands_alone(pictures: Path, tmp_path: Path) -> None:
    from tiny_models import build_tiny_chat_model

    build_tiny_chat_model(tmp_path / "base")
    said = run(
        "encode", pictures, "--out", tmp_path / "enc", "--architecture", "siglip", "--layers", "1",
        "--tokens", 4, "--width", 32, "--epochs", 2,
    )  # fmt: skip
    assert "what: macro-F1" in said.output
    said = run(
        "build", "--encoder", tmp_path / "enc", "--base", tmp_path / "base",
        "--pictures", pictures, "--out", tmp_path / "seer",
    )  # fmt: skip
    assert "16 tokens a picture" in said.output
    assert (tmp_path / "seer" / "small_seer.json").is_file()


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (("--width", "8"), "--width"),
        (("--layers", "two"), "--layers"),
        (("--epochs", "0"), "--epochs"),
        (("--layers", "2,2"), "can't be made"),
    ],
)
def test_wrong_flags_are_named(flags, words, pictures: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=words):
        run("encode", pictures, "--out", tmp_path / "enc", "--tokens", 4, *flags)
    assert not (tmp_path / "enc" / "encoder").exists()
