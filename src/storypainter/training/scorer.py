"""Training a scorer of semantic complexity: repeats, metrics, ablations, and the scorer's folder.

ISA's experiment (arXiv 2501.01982) on any rated features: splits 6:2:2, three repeats, RMSE,
RMAE, PCC and SRCC, mean and deviation. Each repeat has its own split and its own start, so that
the deviation covers both.

The folder keeps a file a finished repeat: after a kill the same call goes on with the next one.
Which repeat becomes the scorer is decided by its validation loss, never by its test.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from storypainter import __version__
from storypainter.errors import BadInput
from storypainter.evaluators.regressor import CONFIG, KIND, TOKENIZER, WEIGHTS
from storypainter.runs.folder import write_atomically
from storypainter.training.base import Base, open_base
from storypainter.training.fitting import Rated, ScorerSettings, fit, scores_of
from storypainter.training.isa import Data, Item
from storypainter.training.metrics import Metrics, measure
from storypainter.training.splits import Split, split
from storypainter.training.table import as_json, as_markdown
from storypainter.training.variants import COT, NAIVE, VARIANTS, Reads, Variant
from storypainter.value import Value, canonical_json, content_hash

#: Raise it when an equal plan gives other numbers.
VERSION = "1"
#: Of the base's configuration: code of its own, number formats, and labels of other heads.
_NOT_KEPT = frozenset({"auto_map", "dtype", "id2label", "label2id", "architectures"})
PLAN, RESULT, TABLE = "training.json", "result.json", "table"


class Repeat(Value):
    """One finished training: its split's sizes, what it lost, and its metrics on the test part.

    Attributes:
        variant: which features it read.
        number: 0, 1, …; its seed is the training's plus this.
        sizes: items in training, validation and test.
        cut: the share of texts that were longer than the tokens that fit.
        losses: training and validation loss, an epoch each.
        kept: the epoch that was kept, from 1.
        metrics: by head.
        mean_rmse: by head, the RMSE of saying the training part's mean of everything.
        mean_rmae: likewise.
        predictions: of the test part: id -> head -> (scored, rated).
        seconds: how long it took.
    """

    variant: str
    number: int
    seed: int
    sizes: tuple[int, int, int]
    cut: float
    losses: tuple[tuple[float, float], ...]
    kept: int
    metrics: dict[str, Metrics]
    mean_rmse: dict[str, float]
    mean_rmae: dict[str, float]
    predictions: dict[str, dict[str, tuple[float, float]]]
    seconds: float

    @property
    def validation(self) -> float:
        """The validation loss of the epoch that was kept."""
        return self.losses[self.kept - 1][1]


class Task(Value):
    """What is trained; a folder belongs to one task."""

    heads: tuple[str, ...] = ("semantic",)
    repeats: int = 3
    seed: int = 0
    ablations: bool = False
    reads: Reads = "features"
    settings: ScorerSettings = ScorerSettings()


def train_scorer(
    data: Data,
    base: str,
    out: Path,
    task: Task,
    *,
    device: str = "auto",
    say: Callable[[str], None] = lambda line: None,
) -> str:
    """Train, measure and save a scorer; the table as Markdown.

    Args:
        data: rated features.
        base: the base model's folder or hub id.
        out: the scorer's folder; one with an unfinished training of the same task goes on.
        task: what to train.
        device: where.
        say: gets a line for each epoch and repeat.

    Raises:
        BadInput: too little data, no such base, or a folder of another training.
        MissingExtra: torch is not installed.
    """
    if task.repeats < 1:
        raise BadInput(f"{task.repeats} repeats are none", "give 1 or more")
    variants = _variants(data, task)
    texts = {variant.name: _texts(data, variant, task.reads) for variant in variants}
    main = texts[variants[0].name]
    given = sum(variants[0].kind in item.texts for item in data.items)
    if len(main) < given:
        say(f"{given - len(main)} of {given} answers can't be read as features and are left out")
    groups = {name: content_hash(" ".join(text.split())) for name, text in main.items()}
    split(groups, task.seed)  # too little data is said before anything is loaded or written
    opened = open_base(base, max_tokens=task.settings.max_tokens, device=device)
    plan = {
        "version": VERSION,
        "data": data.hash,
        "base": {"name": opened.label, **opened.identity},
        "task": task.model_dump(mode="json"),
        "variants": [variant.name for variant in variants],
    }
    _claim(out, plan)
    items = {item.id: item for item in data.items}
    repeats: list[Repeat] = []
    for variant in variants:
        for number in range(task.repeats):
            parts = split(groups, task.seed + number)
            keep = variant is variants[0]
            folder = out / "repeats" / f"{variant.name}-{number}"
            done = _finished(folder)
            if done is not None:
                say(f"{variant.label}, repeat {number + 1}: done before")
            else:
                say(f"{variant.label}, repeat {number + 1} of {task.repeats}")
                inputs = _Inputs(opened, items, texts[variant.name], parts, task, say)
                done = _run(folder, variant, number, inputs, keep_weights=keep)
            repeats.append(done)
    notes = [*data.notes, *_notes(data, texts, variants)]
    table = as_json(task.heads, variants, repeats, base=opened.label, notes=notes)
    write_atomically(out / f"{TABLE}.json", orjson.dumps(table, option=orjson.OPT_INDENT_2))
    markdown = as_markdown(table)
    write_atomically(out / f"{TABLE}.md", markdown.encode())
    own = [repeat for repeat in repeats if repeat.variant == variants[0].name]
    _save(out, opened, plan, table, min(own, key=lambda repeat: repeat.validation))
    return markdown


# ------------------------------------------------------------------------ parts


def _variants(data: Data, task: Task) -> tuple[Variant, ...]:
    """The scorer's own features first: CoT where there are any, else Naive."""
    there = [variant for variant in VARIANTS if data.having(variant)]
    if task.ablations:
        return tuple(there)
    return (COT,) if COT in there else (NAIVE,)


def _texts(data: Data, variant: Variant, reads: Reads) -> dict[str, str]:
    found = {
        item.id: text
        for item in data.items
        if variant.kind in item.texts
        and (text := variant.of(item.texts[variant.kind], reads)) is not None
    }
    if not found and reads == "features" and not variant.part:
        raise BadInput(
            f"{variant.label}: none of {len(data.items)} texts can be read as a Seer's features",
            "train on the texts as they are: --text as_given",
        )
    if not found:
        raise BadInput(
            f"{variant.label}: no features have that part",
            "leave out --ablations, or give answers with a description under its heading",
        )
    return found


def _notes(
    data: Data, texts: Mapping[str, Mapping[str, str]], variants: Sequence[Variant]
) -> list[str]:
    main = texts[variants[0].name]
    notes = []
    if unread := len(data.items) - len(main):
        notes.append(f"{unread} items have no readable {variants[0].label} features: left out")
    for variant in variants[1:]:
        lost = len(main.keys() - texts[variant.name].keys())
        if lost:
            notes.append(f"{variant.label}: {lost} of {len(main)} items have no such features")
    return notes


def _claim(out: Path, plan: Mapping[str, Any]) -> None:
    """Make the folder this training's own, or see that it is."""
    said = canonical_json(plan)
    path = out / PLAN
    try:
        if path.exists():
            if canonical_json(orjson.loads(path.read_bytes())) != said:
                raise BadInput(
                    f"{out} holds another training (other data, base or settings)",
                    "choose another --out, or give the same command as before",
                )
            return
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise BadInput(f"{out} is there and is no training", "choose another --out")
        out.mkdir(parents=True, exist_ok=True)
    except orjson.JSONDecodeError:
        raise BadInput(f"{path} is damaged", "choose another --out") from None
    except OSError as error:
        raise BadInput(f"can't use {out}: {error.strerror}", "choose another --out") from None
    write_atomically(path, said)


def _finished(folder: Path) -> Repeat | None:
    path = folder / RESULT
    return Repeat.from_json(path.read_bytes()) if path.is_file() else None


class _Inputs:
    """A repeat's items with a text of the variant, part by part, as tokens and scores."""

    def __init__(
        self,
        base: Base,
        items: Mapping[str, Item],
        texts: Mapping[str, str],
        parts: Split,
        task: Task,
        say: Callable[[str], None],
    ) -> None:
        self.base, self.items, self.texts, self.task, self.say = base, items, texts, task, say
        self.ids = tuple(
            tuple(name for name in part if name in texts)
            for part in (parts.train, parts.validation, parts.test)
        )
        self.cut = 0
        self.rated = [self._rated(ids) for ids in self.ids]

    def _rated(self, ids: Sequence[str]) -> Rated:
        tokens, cut = self.base.tokens([self.texts[name] for name in ids])
        self.cut += cut
        heads = self.task.heads
        return Rated(tokens, [[self.items[name].scores[head] for head in heads] for name in ids])


def _run(
    folder: Path, variant: Variant, number: int, inputs: _Inputs, *, keep_weights: bool
) -> Repeat:
    """Train and test once; the result is written last, so that it stands for all of it."""
    task, base = inputs.task, inputs.base
    if not all(inputs.ids):
        raise BadInput(f"{variant.label}: a part of the split is empty", "give more rated features")
    started = time.perf_counter()
    seed = task.seed + number
    network = base.network(len(task.heads), task.settings.dropout, seed)
    train, validation, test = inputs.rated
    fitted = fit(network, train, validation, task.settings, pad=base.pad, seed=seed, say=inputs.say)
    scored = scores_of(network, test.texts, base.pad)
    metrics, mean_rmse, mean_rmae = {}, {}, {}
    for at, head in enumerate(task.heads):
        rated = [row[at] for row in test.scores]
        metrics[head] = measure([row[at] for row in scored], rated)
        mean = sum(row[at] for row in train.scores) / len(train.scores)
        plain = measure([mean] * len(rated), rated, draws=1)
        mean_rmse[head], mean_rmae[head] = plain.rmse.value or 0.0, plain.rmae.value or 0.0
    result = Repeat(
        variant=variant.name,
        number=number,
        seed=seed,
        sizes=(len(inputs.ids[0]), len(inputs.ids[1]), len(inputs.ids[2])),
        cut=inputs.cut / sum(len(ids) for ids in inputs.ids),
        losses=fitted.losses,
        kept=fitted.kept,
        metrics=metrics,
        mean_rmse=mean_rmse,
        mean_rmae=mean_rmae,
        predictions={
            name: {h: (row[at], truth[at]) for at, h in enumerate(task.heads)}
            for name, row, truth in zip(inputs.ids[2], scored, test.scores, strict=True)
        },
        seconds=round(time.perf_counter() - started, 1),
    )
    folder.mkdir(parents=True, exist_ok=True)
    if keep_weights:
        _write_weights(folder / WEIGHTS, network)
    write_atomically(folder / RESULT, result.model_dump_json().encode())
    return result


# ----------------------------------------------------------------------- saving


def _write_weights(path: Path, network: Any) -> None:
    from safetensors.torch import save_file

    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    state = {name: t.detach().cpu().contiguous() for name, t in network.state_dict().items()}
    save_file(state, part)
    part.replace(path)


def _save(
    out: Path, base: Base, plan: Mapping[str, Any], table: Mapping[str, Any], best: Repeat
) -> None:
    """The scorer's own files; its config is written last and makes it one."""
    if (out / CONFIG).is_file():
        return
    weights = out / "repeats" / f"{best.variant}-{best.number}" / WEIGHTS
    part = out / f".{WEIGHTS}.{os.getpid()}.part"
    shutil.copyfile(weights, part)
    part.replace(out / WEIGHTS)
    write_atomically(out / TOKENIZER, base.tokenizer.to_str().encode())
    task = plan["task"]
    config = {
        "kind": KIND,
        "storypainter": __version__,
        "version": VERSION,
        "base": plan["base"],
        "data": plan["data"],
        "features": best.variant,
        "reads": task["reads"],
        "heads": task["heads"],
        "max_tokens": base.max_tokens,
        "pad": base.pad,
        "settings": task["settings"],
        "seed": task["seed"],
        "repeat": {"number": best.number, "validation_loss": best.validation},
        "metrics": {head: metrics.model_dump() for head, metrics in best.metrics.items()},
        "rows": table["rows"],
        "encoder": _encoder_config(base),
    }
    write_atomically(out / CONFIG, orjson.dumps(config, option=orjson.OPT_INDENT_2))
    for path in (out / "repeats").glob(f"*/{WEIGHTS}"):
        path.unlink()


def _encoder_config(base: Base) -> dict[str, Any]:
    from transformers import AutoConfig

    config = AutoConfig.from_pretrained(base.folder, trust_remote_code=False, local_files_only=True)
    plain = orjson.loads(config.to_json_string(use_diff=False))
    return {key: value for key, value in plain.items() if key not in _NOT_KEPT}
