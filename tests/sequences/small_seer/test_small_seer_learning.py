from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from squares import FOCAL, QUICK, SHAPE, SWIN, shelf_of

from storypainter.errors import BadInput
from storypainter.sequences.small_seer import learning
from storypainter.sequences.small_seer.batches import Rows, changed
from storypainter.sequences.small_seer.encoder import NOTHING, UNKNOWN, EncoderSettings, classes_of
from storypainter.sequences.small_seer.learning import (
    LearningSettings,
    slope,
    teach,
)

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")


def test_an_encoder_learns_what_it_could_not_know_blind(tmp_path: Path) -> None:
    settings = LearningSettings(epochs=12, batch=12, learning_rate=3e-3, least=2)
    report = teach(shelf_of(120), tmp_path / "e", SHAPE, settings)
    for name in ("what", "kind", "place"):
        row = report["attributes"][name]
        assert row["interval"][0] > row["blind_macro_f1"] + 0.2, name
    assert json.loads((tmp_path / "e" / "report.json").read_text()) == report
    curve = (tmp_path / "e" / "curve.csv").read_text().splitlines()
    assert curve[0] == "update,patch,element,picture"
    first, last = (float(each.split(",")[1]) for each in (curve[1], curve[-1]))
    assert last < first
    assert not (tmp_path / "e" / "checkpoint.pt").exists()


@pytest.mark.parametrize("shape", [SWIN, FOCAL], ids=["swin", "focal"])
def test_others_learn_too(shape: EncoderSettings, tmp_path: Path) -> None:
    report = teach(shelf_of(72), tmp_path / "e", shape, QUICK)
    assert report["attributes"]["place"]["cases"] == 18


def test_in_half_precision_an_encoder_learns_about_the_same(tmp_path: Path) -> None:
    curves = {}
    for precision in ("fp32", "bf16"):
        settings = QUICK.model_copy(update={"precision": precision})
        teach(shelf_of(72), tmp_path / precision, FOCAL, settings)
        lines = (tmp_path / precision / "curve.csv").read_text().splitlines()[1:]
        curves[precision] = [float(each) for line in lines for each in line.split(",")[1:]]
    assert curves["bf16"] != curves["fp32"]
    assert curves["bf16"] == pytest.approx(curves["fp32"], rel=0.05)


def test_a_training_that_was_stopped_ends_as_one_that_was_not(tmp_path: Path, monkeypatch) -> None:
    teach(shelf_of(40), tmp_path / "whole", SHAPE, QUICK)
    monkeypatch.setattr(learning, "KEPT_EVERY", 0.0)
    original = learning.losses
    calls = []

    def stopped(*given, **more):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return original(*given, **more)

    monkeypatch.setattr(learning, "losses", stopped)
    with pytest.raises(KeyboardInterrupt):
        teach(shelf_of(40), tmp_path / "parts", SHAPE, QUICK)
    said: list[str] = []
    teach(shelf_of(40), tmp_path / "parts", SHAPE, QUICK, said.append)
    assert said[0].startswith("going on after update 3 of")
    # 8 updates in one go; 3 and an unfinished one, then 5
    assert len(calls) == 9
    for name in ("encoder/model.safetensors", "heads.safetensors"):
        assert (tmp_path / "whole" / name).read_bytes() == (tmp_path / "parts" / name).read_bytes()


def test_another_training_in_the_same_folder(tmp_path: Path) -> None:
    teach(shelf_of(24), tmp_path / "e", SHAPE, QUICK)
    with pytest.raises(BadInput, match="another training"):
        teach(shelf_of(24), tmp_path / "e", SHAPE, QUICK.model_copy(update={"seed": 1}))


def test_other_pictures_are_another_training(tmp_path: Path) -> None:
    shelf = shelf_of(24)
    teach(shelf, tmp_path / "e", SHAPE, QUICK)
    shelf.pixels[0] = 7
    with pytest.raises(BadInput, match="another training"):
        teach(shelf, tmp_path / "e", SHAPE, QUICK)


def test_a_finished_training_is_not_done_again(tmp_path: Path) -> None:
    report = teach(shelf_of(24), tmp_path / "e", SHAPE, QUICK)
    weights = (tmp_path / "e" / "encoder" / "model.safetensors").stat().st_mtime_ns
    said: list[str] = []
    assert teach(shelf_of(24), tmp_path / "e", SHAPE, QUICK, said.append) == report
    assert said == [f"{tmp_path / 'e'} is finished"]
    assert (tmp_path / "e" / "encoder" / "model.safetensors").stat().st_mtime_ns == weights


def test_a_damaged_checkpoint(tmp_path: Path) -> None:
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "checkpoint.pt").write_bytes(b"nothing")
    with pytest.raises(BadInput, match="can't be gone on with"):
        teach(shelf_of(24), tmp_path / "e", SHAPE, QUICK)


def test_a_rate_that_is_too_large_is_said(tmp_path: Path) -> None:
    settings = LearningSettings(epochs=20, batch=4, learning_rate=1.0, least=2, warm_up=0)
    shelf = shelf_of(24)
    shelf.pixels[:] = 0
    with pytest.raises(BadInput, match="came apart"):
        _explode(shelf, tmp_path, settings)


def _explode(shelf, folder: Path, settings: LearningSettings) -> None:
    from unittest.mock import patch

    nan = torch.tensor(float("nan"), requires_grad=True)
    with patch.object(learning, "losses", lambda *given, **more: (nan, nan, nan)):
        teach(shelf, folder / "e", SHAPE, settings)


@pytest.mark.parametrize(
    ("change", "words"), [({"size": 64}, "32 pixels"), ({"tokens": 16, "size": 32}, "cells")]
)
def test_pictures_that_do_not_fit_the_encoder(change, words, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=words):
        teach(shelf_of(24), tmp_path / "e", SHAPE.model_copy(update=change), QUICK)
    assert not (tmp_path / "e").exists()


def test_none_held_out(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="held out"):
        teach(shelf_of(3), tmp_path / "e", SHAPE, QUICK)


def test_patches_have_the_words_of_what_stands_there() -> None:
    shelf = shelf_of(12)
    classes = classes_of(shelf.whole, shelf.elements, least=1)
    batch = Rows(shelf, classes, 4).batch([0, 1], None)
    names, kinds = list(classes.parts), classes.parts["kind"]
    kind = batch.patch[0, :, names.index("kind")]
    what = batch.patch[0, :, names.index("what")]
    girl = classes.parts["what"].index("girl")
    there = shelf.owner[0].reshape(4, 2, 4, 2).transpose(0, 2, 1, 3).reshape(16, 4) == 0
    for at in range(16):
        stands = there[at].sum() >= 1
        assert kind[at] == kinds.index("person" if stands else NOTHING)
        assert what[at] == (girl if stands else UNKNOWN)


@given(st.integers(0, 2**32 - 1))
def test_a_changed_picture_keeps_its_labels_on_the_same_pixels(seed: int) -> None:
    shelf = shelf_of(6)
    pixels, owner = changed(shelf.pixels, shelf.owner, np.random.default_rng(seed))
    colours = [(220, 40, 40), (40, 40, 220), (40, 180, 60)]
    for at in range(6):
        wide = np.kron(owner[at], np.ones((4, 4), int)) == 0
        assert ((pixels[at] == colours[at % 3]).all(-1) == wide).all()


def test_the_rate_rises_and_falls() -> None:
    rates = [slope(at, 100, 0.1) for at in range(100)]
    assert rates[0] == pytest.approx(1 / 11)
    assert max(rates) == rates[10] == 1.0
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert 0 < rates[-1] < 0.001
