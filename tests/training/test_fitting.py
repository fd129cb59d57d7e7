"""The training loop: what it keeps, when it stops, and that the same seed gives the same weights."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_bert import build_small_bert

from storypainter.errors import BadInput
from storypainter.evaluators.regressor import predict
from storypainter.training.base import Base, open_base
from storypainter.training.fitting import Rated, ScorerSettings, _slope, fit, loss_on, scores_of

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.usefixtures("one_thread")
SETTINGS = ScorerSettings(learning_rate=0.02, epochs=3, patience=1)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Base:
    folder = build_small_bert(tmp_path_factory.mktemp("base") / "small")
    return open_base(str(folder), max_tokens=512, device="cpu")


def some(base: Base, flip: bool = False) -> Rated:
    tokens, cut = base.tokens(["rich rich boy", "plain dog"] * 8)
    assert cut == 0
    return Rated(tokens, [[0.1], [0.9]] * 8 if flip else [[0.9], [0.1]] * 8)


def test_the_best_epoch_is_kept_and_training_stops(base: Base) -> None:
    """Validation says the opposite of training: the first epoch is the best, the second ends it."""
    network = base.network(1, 0.0, seed=1)
    validation = some(base, flip=True)
    found = fit(network, some(base), validation, SETTINGS, pad=base.pad, seed=1)
    assert (found.kept, len(found.losses)) == (1, 2)
    assert loss_on(network, validation, base.pad) == pytest.approx(found.validation)


def test_the_same_seed_gives_the_same_weights(base: Base) -> None:
    def scored(seed: int, part: int = 8) -> list[list[float]]:
        network = base.network(1, 0.0, seed=seed)
        settings = SETTINGS.model_copy(update={"part": part})
        fit(network, some(base), some(base), settings, pad=base.pad, seed=seed)
        return predict(network, some(base).texts[:2], base.pad)

    assert scored(1) == scored(1)
    assert scored(1) != scored(2)
    # How many are in memory at once changes rounding alone.
    assert scored(1, part=3)[0] == pytest.approx(scored(1)[0], abs=1e-4)


def test_padding_changes_no_score_and_order_is_kept(base: Base) -> None:
    network = base.network(1, 0.0, seed=2)
    tokens, _ = base.tokens(["rich boy", "a dog waits : a girl runs . a boy", "plain"])
    together = scores_of(network, tokens, base.pad)
    for text, row in zip(tokens, together, strict=True):
        assert predict(network, [text], base.pad)[0] == pytest.approx(row, abs=1e-6)


def test_the_rate_rises_and_falls() -> None:
    slope = [_slope(step, 20, 0.1) for step in range(20)]
    assert slope.index(max(slope)) == 2
    assert slope[0] > 0
    assert slope[2:] == sorted(slope[2:], reverse=True)
    assert 0 < slope[-1] < 0.1


def test_a_training_that_comes_apart_is_said(base: Base) -> None:
    network = base.network(1, 0.0, seed=1)
    with torch.no_grad():
        network.head.weight.fill_(float("nan"))
    with pytest.raises(BadInput, match="came apart in epoch 1"):
        fit(network, some(base), some(base), SETTINGS, pad=base.pad, seed=1)


def test_bases_that_cant_be_used(tmp_path: Path, base: Base) -> None:
    with pytest.raises(BadInput, match=r"it has no config\.json"):
        open_base(str(tmp_path), max_tokens=512, device="cpu")
    broken = build_small_bert(tmp_path / "broken")
    (broken / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(BadInput, match="can't be loaded"):
        open_base(str(broken), max_tokens=512, device="cpu")
    assert base.max_tokens == 64
    assert open_base(str(base.folder), max_tokens=32, device="cpu").max_tokens == 32
