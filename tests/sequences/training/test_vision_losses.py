"""Equations 1, 3 and 4 of the paper by hand, beside what the trainers compute, and gradients."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from tiny_vision import RL, SFT

from storypainter.sequences.training.adapting import adapted
from storypainter.sequences.training.trainers import (
    PromptOrder,
    collator,
    reward_trainer,
    sft_trainer,
    trainer_config,
)

torch = pytest.importorskip("torch")
pytest.importorskip("trl")
pytestmark = pytest.mark.usefixtures("one_thread")


def fixed_reward(*rewards: float | None):
    """A reward that gives the same numbers again and again."""

    def reward(*, completions, **_):
        return [rewards[at % len(rewards)] for at in range(len(completions))]

    return reward


def trainer_of(opened, examples, settings, folder: Path, reward=None):
    settings = settings.for_model(0, bf16=False)
    config = trainer_config(settings, folder, parameters=0, processes=1, on_cpu=True)
    torch.manual_seed(3)
    model = adapted(opened.model(bf16=False), settings, opened.family, None)
    with torch.no_grad():  # else the first update changes one factor only
        for name, weight in model.named_parameters():
            if "lora_B" in name:
                weight.normal_(0, 0.05)
    lengths = examples.lengths(opened.processor)
    given = (opened, model, examples, lengths, examples, config, settings)
    return sft_trainer(*given) if reward is None else reward_trainer(*given, reward)


def inputs_of(trainer, examples, prompts: int, completions: int):
    """The parts of one update, as the trainer makes them."""
    trainer.model.train()
    trainer.current_gradient_accumulation_steps = trainer.args.gradient_accumulation_steps
    batch = [examples[at] for at in range(prompts) for _ in range(completions)]
    parts = []
    for step in range(trainer.args.gradient_accumulation_steps):
        trainer._step = step
        parts.append(trainer._prepare_inputs(batch))
    trainer._step = 0
    return parts


def update_of(trainer, parts):
    """Loss and gradient of a whole update, summed over its parts as the Trainer sums them."""
    trainer.model.zero_grad()
    total = 0.0
    for step, inputs in enumerate(parts):
        trainer._step = step
        loss = trainer.compute_loss(trainer.model, dict(inputs))
        if not trainer.loss_is_scaled_for_ga:
            loss = loss / len(parts)
        loss.backward()
        total += float(loss.detach())
    trainer._step = 0
    gradient = {
        name: weight.grad.clone()
        for name, weight in trainer.model.named_parameters()
        if weight.grad is not None
    }
    return total, gradient


def flat(gradient) -> torch.Tensor:
    return torch.cat([gradient[name].flatten() for name in sorted(gradient)])


def log_probs(model, batch) -> tuple[torch.Tensor, torch.Tensor]:
    """log P of each labelled token by the model's plain logits, and which those are."""
    given = {name: value for name, value in batch.items() if name != "labels"}
    logits = model(**given).logits[:, :-1].float().log_softmax(-1)
    labels = batch["labels"][:, 1:]
    mask = labels != -100
    return logits.gather(-1, labels.clamp(min=0)[..., None])[..., 0] * mask, mask


# --------------------------------------------------------------------------- equation 1


def test_only_the_completion_has_a_loss(opened, examples):
    batch = collator(opened.processor)([examples[0], examples[1]])
    tokenizer = opened.processor.tokenizer
    for at in range(2):
        learnt = [t for t in batch["labels"][at].tolist() if t != -100]
        assert tokenizer.decode(learnt) == examples.rows[at].text + "<|end|>\n"
    places = int((batch["input_ids"] == opened.processor.image_token_id).sum())
    assert places == 2 * 2 * 4  # two rows of two pictures of four tokens
    assert batch["pixel_values"].shape == (4, 3, 16, 16)


def test_lengths_are_those_of_the_collator(opened, examples):
    lengths = examples.lengths(opened.processor)
    for at, length in enumerate(lengths):
        batch = collator(opened.processor)([examples[at]])
        assert int(batch["attention_mask"].sum()) == length


def test_equation_1_is_the_mean_over_the_answers_tokens(opened, examples, tmp_path: Path):
    trainer = trainer_of(opened, examples, SFT, tmp_path)
    batch = collator(opened.processor)([examples[0], examples[1]])
    with torch.no_grad():
        by_hand, mask = log_probs(trainer.model, batch)
        loss = trainer.compute_loss(trainer.model, dict(batch))
        part = trainer.compute_loss(
            trainer.model, dict(batch), num_items_in_batch=torch.tensor(100)
        )
    assert float(loss) == pytest.approx(float(-by_hand.sum() / mask.sum()), rel=1e-5)
    assert float(part) == pytest.approx(float(-by_hand.sum() / 100), rel=1e-5)


def test_the_answers_head_gives_trls_loss_and_gradient(
    opened, examples, tmp_path: Path, monkeypatch
):
    """Logits of the answers' tokens alone: the same numbers as trl's own head, pictures included."""
    from storypainter.training.tuning import trainers

    batch = collator(opened.processor)([examples[0], examples[1]])
    found = {}
    for name in ("ours", "trl"):
        if name == "trl":
            monkeypatch.setattr(trainers, "fits", lambda model: False)
        trainer = trainer_of(opened, examples, SFT, tmp_path / name)
        ours = "answer_head" in trainer.model.get_base_model().forward.__func__.__code__.co_filename
        assert ours == (name == "ours")
        loss = trainer.compute_loss(trainer.model, dict(batch))
        loss.backward()
        weights = trainer.model.named_parameters()
        found[name] = (
            float(loss.detach()),
            {n: w.grad.clone() for n, w in weights if w.grad is not None},
        )
    assert found["ours"][0] == pytest.approx(found["trl"][0], rel=1e-6)
    assert found["ours"][1].keys() == found["trl"][1].keys()
    assert any("multi_modal_projector" in name for name in found["ours"][1])
    torch.testing.assert_close(flat(found["ours"][1]), flat(found["trl"][1]), atol=1e-6, rtol=1e-4)


# --------------------------------------------------------------------------- equation 4


@pytest.mark.parametrize("algorithm", ["grpo", "rloo"])
def test_nll_and_lambda_rl_by_hand(opened, examples, tmp_path: Path, algorithm):
    """Two prompts of four completions in two parts: value and gradient of each term by hand."""
    lam = 0.7
    settings = RL.model_copy(update={"algorithm": algorithm, "lam": lam})
    rewards = (1.0, 0.0, None, 0.5)
    trainer = trainer_of(opened, examples, settings, tmp_path, fixed_reward(*rewards))
    parts = inputs_of(trainer, examples, 2, 4)
    total, gradient = update_of(trainer, parts)

    # L_NLL: the mean over the tokens of both true narratives.
    truth = collator(opened.processor)([examples[0], examples[1]])
    true, mask = log_probs(trainer.model, truth)
    nll = -true.sum() / mask.sum()
    # L_RL: the third completion has no reward and is left out; the others have the mean 0.5.
    if algorithm == "grpo":
        spread = math.sqrt(((1 - 0.5) ** 2 + 0.5**2 + 0) / 2)
        advantages = {a / (spread + 1e-4) for a in (0.5, -0.5)} | {0.0}
    else:
        advantages = {1 - 0.25, 0 - 0.75, 0.0}  # each against the mean of the other two
    found = torch.cat([part["advantages"] for part in parts])
    assert sorted({round(float(a), 4) for a in found}) == sorted(round(a, 4) for a in advantages)
    assert int((found == 0).sum()) == 4  # the one without a reward, and the one at the mean
    rl, tokens = 0.0, sum(int(part["completion_mask"].sum()) for part in parts)
    for part in parts:
        ids = torch.cat([part["prompt_ids"], part["completion_ids"]], 1)
        seen = torch.cat([part["prompt_mask"], part["completion_mask"]], 1)
        labels = ids.masked_fill(seen == 0, -100)
        labels[:, : part["prompt_ids"].size(1)] = -100
        batch = {"input_ids": ids, "attention_mask": seen, "pixel_values": part["pixel_values"],
                 "labels": labels}  # fmt: skip
        logps, _ = log_probs(trainer.model, batch)
        # On-policy the ratio is 1, and its gradient that of the log-probability.
        ratio = (logps - logps.detach()).exp() if algorithm == "grpo" else None
        if ratio is not None:
            each = (ratio * (labels[:, 1:] != -100)).sum(1)
            rl = rl - (each * part["advantages"]).sum() / tokens
        else:
            sums = logps.sum(1)
            rl = rl - ((sums - sums.detach()).exp() * part["advantages"]).sum() / 8
    trainer.model.zero_grad()
    by_hand = nll + lam * rl
    by_hand.backward()
    expected = {
        name: weight.grad.clone()
        for name, weight in trainer.model.named_parameters()
        if weight.grad is not None
    }
    assert total == pytest.approx(float(by_hand), rel=1e-4)
    assert gradient.keys() == expected.keys()
    torch.testing.assert_close(flat(gradient), flat(expected), atol=2e-5, rtol=2e-3)


@pytest.mark.parametrize("algorithm", ["grpo", "rloo"])
def test_the_rewards_gradient_is_not_zero_and_scales_with_lambda(
    opened, examples, tmp_path: Path, algorithm
):
    found = {}
    for lam, nll in ((0.0, 1.0), (1.0, 1.0), (3.0, 1.0), (1.0, 0.0), (3.0, 0.0)):
        settings = RL.model_copy(update={"algorithm": algorithm, "lam": lam, "nll": nll})
        trainer = trainer_of(
            opened, examples, settings, tmp_path / f"{lam}-{nll}", fixed_reward(1, 0, 0.2, 0.5)
        )
        torch.manual_seed(5)  # the same completions for all of them
        parts = inputs_of(trainer, examples, 2, 4)
        found[lam, nll] = flat(update_of(trainer, parts)[1])
    rewarded = found[1.0, 0.0]
    assert rewarded.norm() > 1e-3 * found[0.0, 1.0].norm() > 0
    scale = float(rewarded.abs().max())
    torch.testing.assert_close(found[3.0, 0.0], 3 * rewarded, atol=1e-4 * scale, rtol=1e-3)
    for lam in (1.0, 3.0):
        both = found[0.0, 1.0] + lam * rewarded
        torch.testing.assert_close(found[lam, 1.0], both, atol=1e-4 * scale, rtol=2e-3)


def test_the_weight_of_the_supervised_term_scales_it(opened, examples, tmp_path: Path):
    found = {}
    for nll in (1.0, 0.25):
        settings = RL.model_copy(update={"lam": 0.0, "nll": nll})
        trainer = trainer_of(opened, examples, settings, tmp_path / str(nll), fixed_reward(1.0))
        found[nll] = update_of(trainer, inputs_of(trainer, examples, 2, 4))
    assert found[0.25][0] == pytest.approx(found[1.0][0] / 4)
    torch.testing.assert_close(flat(found[0.25][1]), flat(found[1.0][1]) / 4)


def test_lambda_0_is_supervised_learning_and_generates_nothing(
    opened, examples, tmp_path: Path, monkeypatch
):
    settings = RL.model_copy(update={"lam": 0.0})

    def never(**_):
        raise AssertionError("a reward was asked for")

    trainer = trainer_of(opened, examples, settings, tmp_path / "rl", never)
    monkeypatch.setattr(type(trainer.model.get_base_model()), "generate", never)
    value, gradient = update_of(trainer, inputs_of(trainer, examples, 2, 4))
    sft = trainer_of(opened, examples, SFT, tmp_path / "sft")
    batch = collator(opened.processor)([examples[0], examples[1]])
    loss = sft.compute_loss(sft.model, dict(batch))
    loss.backward()
    assert value == pytest.approx(float(loss.detach()), rel=1e-5)
    theirs = {n: w.grad for n, w in sft.model.named_parameters() if w.grad is not None}
    assert gradient.keys() == theirs.keys()
    torch.testing.assert_close(flat(gradient), flat(theirs), atol=1e-6, rtol=1e-4)


def test_a_group_without_any_reward_teaches_nothing(opened, examples, tmp_path: Path):
    settings = RL.model_copy(update={"nll": 0.0})
    trainer = trainer_of(opened, examples, settings, tmp_path, fixed_reward(None))
    value, gradient = update_of(trainer, inputs_of(trainer, examples, 2, 4))
    assert value == 0
    assert float(flat(gradient).abs().max()) == 0


def test_a_likelihood_has_no_temperature_of_sampling(opened, examples, tmp_path: Path):
    """L_NLL is the same whatever completions are sampled at; trl's head divides by it."""
    found = []
    for temperature in (1.0, 0.5):
        settings = RL.model_copy(update={"temperature": temperature, "nll": 1.0, "lam": 0.0})
        trainer = trainer_of(
            opened, examples, settings, tmp_path / str(temperature), fixed_reward(1.0)
        )
        found.append(update_of(trainer, inputs_of(trainer, examples, 2, 4)))
    assert found[0][0] == pytest.approx(found[1][0], rel=1e-5)
    torch.testing.assert_close(flat(found[0][1]), flat(found[1][1]), atol=1e-6, rtol=1e-4)


def test_no_frozen_copy_is_kept_without_a_penalty(opened, examples, tmp_path: Path):
    for beta, there in ((0.0, False), (0.1, True)):
        settings = RL.model_copy(update={"beta": beta})
        trainer = trainer_of(opened, examples, settings, tmp_path / str(beta), fixed_reward(1.0))
        assert ("ref" in trainer.model.peft_config) == there
        learning = [name for name, w in trainer.model.named_parameters() if w.requires_grad]
        assert learning
        assert not [name for name in learning if ".ref." in name]


def test_weights_that_learn_whole_have_a_rate_of_their_own(opened, examples, tmp_path: Path):
    settings = SFT.model_copy(update={"whole_rate": 0.25})
    for trainer in (
        trainer_of(opened, examples, settings, tmp_path / "sft"),
        trainer_of(
            opened, examples, RL.model_copy(update={"whole_rate": 0.25}), tmp_path / "rl",
            fixed_reward(1.0),
        ),
    ):  # fmt: skip
        trainer.create_optimizer()
        trainer.create_optimizer()  # as at a second call of train
        names = {id(weight): name for name, weight in trainer.model.named_parameters()}
        rates = {
            names[id(weight)]: group["lr"]
            for group in trainer.optimizer.param_groups
            for weight in group["params"]
        }
        learning = {n for n, weight in trainer.model.named_parameters() if weight.requires_grad}
        assert rates.keys() == learning
        for name, rate in rates.items():
            assert rate == pytest.approx(0.02 if "lora_" in name else 0.005), name
        assert "lora_" in names[id(trainer.optimizer.param_groups[0]["params"][0])]


def test_prompts_come_in_an_order_of_seed_and_epoch(opened, examples, tmp_path: Path):
    settings = RL.for_model(0, bf16=False)
    config = trainer_config(settings, tmp_path, parameters=0, processes=1, on_cpu=True)
    order = PromptOrder([1] * 7, config, settings)
    first = list(order)
    # 8 completions an update are 2 prompts; of 7 the last is left to another epoch; two parts.
    assert len(first) == len(order) == 3 * 8 * 2
    for start in range(0, len(first), 8):
        update = first[start : start + 8]
        assert len(set(update)) == 2
        assert update == [row for row in dict.fromkeys(update) for _ in range(4)]
    assert first[:8] == first[8:16]
    assert list(order) == first
    order.set_epoch(1)
    assert list(order) != first
    order.set_epoch(0)
    assert list(order) == first


@pytest.mark.slow
@pytest.mark.parametrize("algorithm", ["grpo", "rloo"])
def test_rewards_rise_where_they_are_all_there_is(opened, examples, tmp_path: Path, algorithm):
    """The sign is right: what is rewarded (a letter, here) is written more often."""
    settings = RL.model_copy(
        update={
            "algorithm": algorithm, "nll": 0.0, "batch": 16, "micro_batch": 16, "epochs": 8,
            "completions": 8, "train": ("language",),
        }
    )  # fmt: skip

    def reward(*, completions, **_):
        texts = [each[0]["content"] for each in completions]
        return [text.count("e") / max(1, len(text)) for text in texts]

    trainer = trainer_of(opened, examples, settings, tmp_path, reward)
    trainer.train()
    rewards = [row["reward"] for row in trainer.state.log_history if "reward" in row]
    assert len(rewards) == 32
    assert sum(rewards[-4:]) / 4 > 1.5 * sum(rewards[:4]) / 4
