"""In half precision: what learns whole learns in single precision, and processors keep fp32 weights."""

from __future__ import annotations

import pytest
from tiny_vision import SFT

from storypainter.sequences.training.adapting import adapted
from storypainter.sequences.training.trainers import collator
from storypainter.training.tuning.launching import bf16_weights

torch = pytest.importorskip("torch")
pytest.importorskip("trl")
pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture(scope="module")
def batch(opened, examples):
    return collator(opened.processor)([examples[0], examples[1]])


@pytest.fixture
def model(opened):
    """The base in half precision, as on a GPU, with its adapter."""
    settings = SFT.for_model(0, bf16=True)
    return adapted(opened.model(bf16=True), settings, opened.family, None).train()


def connector(model):
    found = {n: p for n, p in model.named_parameters() if p.requires_grad and "lora_" not in n}
    assert found
    return found


def test_the_connector_is_in_single_precision_and_the_rest_is_not(model):
    assert {each.dtype for each in connector(model).values()} == {torch.float32}
    still = {p.dtype for p in model.parameters() if not p.requires_grad}
    assert still == {torch.bfloat16}


@pytest.mark.parametrize("autocast", [True, False])
def test_small_steps_are_not_rounded_away(model, batch, autocast):
    """Adam's first step is the rate itself; at 2e-5 half precision would lose most of them."""
    before = {name: each.detach().clone() for name, each in connector(model).items()}
    optimiser = torch.optim.AdamW(connector(model).values(), lr=2e-5, weight_decay=0)
    given = batch if autocast else {**batch, "pixel_values": batch["pixel_values"].bfloat16()}
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=autocast):
        loss = model(**given).loss
    loss.backward()
    optimiser.step()
    moved = [(each - before[name]).abs().flatten() for name, each in connector(model).items()]
    assert float((torch.cat(moved) > 1e-5).float().mean()) > 0.9


def test_it_generates_without_autocast(model, batch):
    given = {n: each for n, each in batch.items() if n != "labels"}
    given["pixel_values"] = given["pixel_values"].bfloat16()
    with torch.inference_mode():
        made = model.eval().generate(**given, max_new_tokens=3, do_sample=False)
    assert made.shape[0] == 2
    assert made.shape[1] > given["input_ids"].shape[1]


def test_on_processors_half_precision_is_for_multiplying_alone():
    half, single = SFT.for_model(0, bf16=True), SFT.for_model(0, bf16=False)
    assert bf16_weights(half, on_cpu=False)
    assert not bf16_weights(half, on_cpu=True)
    assert not bf16_weights(single, on_cpu=False)
