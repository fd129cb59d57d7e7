"""Equations 3 and 4 of the paper, by hand, beside what the trainers compute; the loss's tokens."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from small_set import SETTINGS, build_base, preference_rows, sft_rows

from storypainter.training.tuning.answer_head import fits, use_answer_head
from storypainter.training.tuning.bases import open_base
from storypainter.training.tuning.trainers import make_trainer, trainer_config

torch = pytest.importorskip("torch")
pytest.importorskip("trl")
pytestmark = pytest.mark.usefixtures("one_thread")

A, B, C, D = range(4)
#: P(column | row): what follows a token depends on that token only, so that a sum is done by hand.
BASE = [[1 / 4, 1 / 4, 1 / 4, 1 / 4], [1 / 8, 1 / 8, 1 / 2, 1 / 4], [1 / 2, 1 / 8, 1 / 8, 1 / 4],
        [1 / 4, 1 / 2, 1 / 8, 1 / 8]]  # fmt: skip
OTHER = [[1 / 8, 1 / 2, 1 / 8, 1 / 4], [1 / 8, 1 / 8, 1 / 2, 1 / 4], [1 / 4, 1 / 4, 1 / 4, 1 / 4],
         [1 / 8, 1 / 8, 1 / 4, 1 / 2]]  # fmt: skip


def bigram_model(table: list[list[float]]):
    """A Llama that says exactly ``table``: its layers add nothing, its hidden states are one-hot."""
    from transformers import LlamaConfig, LlamaForCausalLM

    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=4,
            hidden_size=4,
            intermediate_size=4,
            num_hidden_layers=1,
            num_attention_heads=1,
            num_key_value_heads=1,
            max_position_embeddings=16,
            tie_word_embeddings=False,
            rms_norm_eps=0.0,
            bos_token_id=None,
            eos_token_id=D,
        )
    )
    with torch.no_grad():
        model.model.layers[0].self_attn.o_proj.weight.zero_()
        model.model.layers[0].mlp.down_proj.weight.zero_()
        model.model.embed_tokens.weight.copy_(torch.eye(4))
        # The last normalisation makes a one-hot vector of length sqrt(4).
        model.lm_head.weight.copy_(torch.tensor(table).log().T / 2)
    return model


@pytest.fixture(scope="module")
def opened(base: Path):
    return open_base(str(base))


def trainer_of(method: str, opened, model, folder: Path):
    settings = SETTINGS.resolved(method, 0, bf16=False)
    rows = sft_rows(4) if method == "sft" else preference_rows(4)
    config = trainer_config(method, settings, folder, parameters=0, processes=1, on_cpu=True)
    return make_trainer(method, opened, model, rows, rows[:2], config, settings)


def test_equation_3_for_two_tokens(opened, tmp_path: Path):
    trainer = trainer_of("sft", opened, bigram_model(BASE), tmp_path)
    # The prompt is A, the completion B C: P(B|A) P(C|B) = 1/4 · 1/2.
    inputs = {
        "input_ids": torch.tensor([[A, B, C]]),
        "attention_mask": torch.ones(1, 3, dtype=torch.long),
        "labels": torch.tensor([[-100, B, C]]),
    }
    loss = trainer.compute_loss(trainer.model, dict(inputs))
    # Equation 3 sums over the tokens; trl takes their mean, here of two.
    assert float(loss) * 2 == pytest.approx(math.log(4) + math.log(2), abs=1e-6)


def test_equation_3_sums_over_all_rows_of_an_update(opened, tmp_path: Path):
    trainer = trainer_of("sft", opened, bigram_model(BASE), tmp_path)
    # A -> B C, and B -> C with padding behind: 1/4 · 1/2, and 1/2; three tokens, not two means.
    inputs = {
        "input_ids": torch.tensor([[A, B, C], [B, C, D]]),
        "attention_mask": torch.tensor([[1, 1, 1], [1, 1, 0]]),
        "labels": torch.tensor([[-100, B, C], [-100, C, -100]]),
    }
    loss = trainer.compute_loss(trainer.model, dict(inputs))
    assert float(loss) == pytest.approx((math.log(4) + math.log(2) + math.log(2)) / 3, abs=1e-6)
    # Where an update is made of several parts, each part's sum is divided by the whole's tokens.
    part = trainer.compute_loss(trainer.model, dict(inputs), num_items_in_batch=torch.tensor(6))
    assert float(part) == pytest.approx((math.log(4) + math.log(2) + math.log(2)) / 6, abs=1e-6)


@pytest.mark.parametrize("beta", [0.1, 0.5])
def test_equation_4_for_two_tokens(opened, tmp_path: Path, beta: float):
    from trl.trainer.utils import add_fused_lm_head

    trainer = trainer_of("dpo", opened, bigram_model(BASE), tmp_path)
    trainer.beta = beta
    policy = bigram_model(OTHER)
    add_fused_lm_head(policy, outputs=("log_probs", "entropy", "mean_logits", "is_top1"))
    # Prompt A; chosen B C, rejected D A.
    inputs = {
        "input_ids": torch.tensor([[A, B, C], [A, D, A]]),
        "attention_mask": torch.ones(2, 3, dtype=torch.long),
        "completion_mask": torch.tensor([[0, 1, 1], [0, 1, 1]]),
    }
    loss = trainer.compute_loss(policy, inputs)
    # policy: chosen 1/2 · 1/2, rejected 1/4 · 1/8; base: chosen 1/4 · 1/2, rejected 1/4 · 1/4.
    chosen = math.log((1 / 4) / (1 / 8))
    rejected = math.log((1 / 32) / (1 / 16))
    assert chosen - rejected == pytest.approx(2 * math.log(2))
    by_hand = -math.log(1 / (1 + math.exp(-beta * (chosen - rejected))))
    assert float(loss) == pytest.approx(by_hand, abs=1e-6)
    if beta == 0.5:
        assert float(loss) == pytest.approx(math.log(1.5), abs=1e-6)


def test_a_policy_that_is_its_reference_loses_log_2(opened, tmp_path: Path):
    trainer = trainer_of("dpo", opened, bigram_model(BASE), tmp_path)
    inputs = {
        "input_ids": torch.tensor([[A, B, C], [A, D, A]]),
        "attention_mask": torch.ones(2, 3, dtype=torch.long),
        "completion_mask": torch.tensor([[0, 1, 1], [0, 1, 1]]),
    }
    loss = trainer.compute_loss(trainer.model, inputs)
    assert float(loss) == pytest.approx(math.log(2), abs=1e-6)


# ------------------------------------------------------------------ which tokens


def test_sft_learns_the_answer_with_its_end_and_nothing_else(opened, tmp_path: Path):
    trainer = trainer_of("sft", opened, opened.model(bf16=False), tmp_path)
    for row, made in zip(sft_rows(4), trainer.train_dataset, strict=True):
        asked = opened.tokenizer.apply_chat_template(
            row["prompt"], add_generation_prompt=True, return_dict=False
        )
        answer = opened.tokenizer(row["completion"][0]["content"] + "<|end|>\n")["input_ids"]
        assert made["input_ids"] == asked + answer
        assert made["labels"] == [-100] * len(asked) + answer


def test_dpo_compares_both_answers_from_their_first_token_to_their_end(opened, tmp_path: Path):
    trainer = trainer_of("dpo", opened, opened.model(bf16=False), tmp_path)
    row = preference_rows(1)[0]
    batch = trainer.data_collator([trainer.train_dataset[0]])
    asked = opened.tokenizer.apply_chat_template(
        row["prompt"], add_generation_prompt=True, return_dict=False
    )
    for at, name in enumerate(("chosen", "rejected")):
        answer = opened.tokenizer(row[name][0]["content"] + "<|end|>\n")["input_ids"]
        whole = asked + answer
        padding = batch["input_ids"].shape[1] - len(whole)
        assert batch["input_ids"][at, : len(whole)].tolist() == whole
        mask = [0] * len(asked) + [1] * len(answer) + [0] * padding
        assert batch["completion_mask"][at].tolist() == mask
        assert batch["attention_mask"][at].tolist() == [1] * len(whole) + [0] * padding


# ------------------------------------------------------------------- the answer's head


def outputs_and_gradients(model, labels, weights):
    model.zero_grad()
    given = {"input_ids": torch.arange(40).reshape(4, 10) % 300, "labels": labels}
    found = model(**given, fused_lm_head=True)
    (found.log_probs * weights).sum().backward()
    gradients = [p.grad.clone() for p in model.parameters() if p.grad is not None]
    return found, gradients


def test_the_answers_head_is_trls(base: Path, monkeypatch: pytest.MonkeyPatch):
    from trl.trainer.utils import add_fused_lm_head

    from storypainter.training.tuning import answer_head

    # 22 tokens with a loss, in tiles of 7: three full and one of a single token.
    monkeypatch.setattr(answer_head, "TOKENS_AT_ONCE", 7)
    model = open_base(str(base)).model(bf16=False)
    model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight.clone(), requires_grad=False)
    labels = torch.arange(40).reshape(4, 10) * 7 % 300
    labels[0, :8] = -100
    labels[1, :5] = -100
    labels[2] = -100  # a row without any loss
    weights = torch.linspace(-1, 2, 36).reshape(4, 9)
    add_fused_lm_head(model, outputs=("log_probs", "entropy", "mean_logits", "is_top1"))
    theirs, their_gradients = outputs_and_gradients(model, labels, weights)
    assert fits(model)
    use_answer_head(model)
    ours, our_gradients = outputs_and_gradients(model, labels, weights)
    for name in ("loss", "log_probs", "entropy", "mean_logits"):
        torch.testing.assert_close(ours[name], theirs[name], atol=2e-5, rtol=1e-5)
    assert torch.equal(ours.is_top1.bool(), theirs.is_top1.bool())
    assert torch.equal(ours.label_mask, theirs.label_mask)
    assert len(our_gradients) == len(their_gradients) > 4
    for mine, other in zip(our_gradients, their_gradients, strict=True):
        torch.testing.assert_close(mine, other, atol=1e-5, rtol=1e-4)
    # Without a loss to compute the model is itself, as generation needs it.
    plain = model(input_ids=torch.tensor([[1, 2, 3]]))
    assert plain.logits.shape == (1, 3, model.config.vocab_size)


def test_in_half_precision_the_head_is_as_close_to_the_truth_as_trls(base: Path):
    from trl.trainer.utils import add_fused_lm_head

    model = open_base(str(base)).model(bf16=False)
    model.lm_head.weight = torch.nn.Parameter(model.lm_head.weight.clone(), requires_grad=False)
    labels = torch.arange(40).reshape(4, 10) * 7 % 300
    labels[0, :8] = -100
    weights = torch.linspace(-1, 2, 36).reshape(4, 9)
    add_fused_lm_head(model, outputs=("log_probs", "entropy", "mean_logits", "is_top1"))
    truth, true_gradients = outputs_and_gradients(model, labels, weights)

    def errors():
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found, gradients = outputs_and_gradients(model, labels, weights)
        flat = torch.cat([each.flatten() for each in gradients])
        true = torch.cat([each.flatten() for each in true_gradients])
        assert found.log_probs.dtype == flat.dtype == torch.float32
        return float((found.log_probs - truth.log_probs).abs().max()), float(
            (flat - true).norm() / true.norm()
        )

    theirs = errors()
    use_answer_head(model)
    ours = errors()
    assert 0 < ours[0] < max(2 * theirs[0], 0.05)
    assert 0 < ours[1] < max(1.5 * theirs[1], 0.02)


def test_a_head_that_would_learn_or_is_scaled_is_left_to_trl(tmp_path: Path):
    model = bigram_model(BASE)
    assert not fits(model)
    model.requires_grad_(False)
    assert fits(model)
    model.config.final_logit_softcapping = 30.0
    assert not fits(model)


def test_a_base_with_tied_weights_gets_the_head_as_well(tmp_path: Path):
    opened = open_base(str(build_base(tmp_path / "tied")))
    model = opened.model(bf16=False)
    trainer = trainer_of("sft", opened, model, tmp_path / "out")
    assert "answer_head" in trainer.model.get_base_model().forward.__func__.__code__.co_filename
