"""Teaching the encoder ink's world: every patch says what stands there.

A label for a whole picture says little about a few thousand pictures; a label for every patch
says some fifty times as much, and costs nothing, because ink knows its Regions. Three losses are
added, each the mean of cross entropies over the attributes:

1. each patch: the words of the element that covers most of it, or that nothing stands there;
2. each element: its words again, from the mean of its patches, so that small ones count;
3. the picture: setting, time and weather, from the mean of all patches.
"""

from __future__ import annotations

import hashlib
import json
import math
import random
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field

from storypainter.errors import BadInput, MissingExtra
from storypainter.runs.folder import write_atomically
from storypainter.sequences.small_seer import encoder as encoding
from storypainter.sequences.small_seer.batches import Batch, Rows
from storypainter.sequences.small_seer.encoder import (
    UNKNOWN,
    Classes,
    EncoderSettings,
    as_input,
    by_attribute,
    classes_of,
    features,
    make_encoder,
    make_heads,
)
from storypainter.sequences.small_seer.measuring import measured
from storypainter.sequences.small_seer.patches import pooled
from storypainter.sequences.small_seer.shelf import Shelf
from storypainter.value import Value

#: What is measured when all is learnt; written last.
REPORT = "report.json"
#: Seconds between two checkpoints.
KEPT_EVERY = 120.0


class LearningSettings(Value):
    """How an encoder learns.

    Attributes:
        epochs: passes over the pictures; each sees another shift, mirroring and brightness.
        batch: pictures an update.
        learning_rate: the highest; it rises over ``warm_up`` of the updates and falls as a cosine.
        weight_decay: on matrices only.
        smoothing: of the labels: an element that is half hidden can't always be told.
        least: times that a word has to come up to be learnt.
        seed: of the weights, the order and the changes of pictures.
        precision: ``bf16`` multiplies in half precision (weights and losses stay in single): twice
            as fast on processors with avx512_bf16, slower on others.
        threads: of torch; 0 leaves them as they are.
    """

    epochs: Annotated[int, Field(ge=1, le=1000)] = 8
    batch: Annotated[int, Field(ge=1, le=1024)] = 32
    learning_rate: Annotated[float, Field(gt=0, le=1)] = 1e-3
    warm_up: Annotated[float, Field(ge=0, lt=1)] = 0.05
    weight_decay: Annotated[float, Field(ge=0, le=1)] = 0.05
    smoothing: Annotated[float, Field(ge=0, lt=1)] = 0.05
    least: Annotated[int, Field(ge=1)] = 8
    seed: int = 0
    precision: Literal["fp32", "bf16"] = "fp32"
    threads: Annotated[int, Field(ge=0, le=256)] = 0


def teach(
    shelf: Shelf,
    folder: Path,
    shape: EncoderSettings,
    settings: LearningSettings,
    say: Callable[[str], None] = lambda line: None,
) -> dict[str, Any]:
    """Train an encoder into ``folder``; the same call goes on after a stop. Returns the report.

    A training that is finished is not done again.

    Raises:
        BadInput: pictures that do not fit the encoder, none of them held out, or a folder that
            holds another training.
        MissingExtra: torch or transformers is not installed.
    """
    try:
        import torch
        import transformers
    except ImportError:
        raise MissingExtra("training an encoder", "train") from None
    transformers.logging.set_verbosity_error()
    if settings.threads:
        torch.set_num_threads(settings.threads)
    learnt, held = shelf.part(held_out=False), shelf.part(held_out=True)
    _check(shelf, learnt, held, shape)
    classes = classes_of(learnt.whole, learnt.elements, least=settings.least)
    _begin(folder, shelf, shape, settings)
    finished = _report(folder)
    if finished is not None:
        say(f"{folder} is finished")
        return finished
    rows = Rows(learnt, classes, shape.tokens)
    with torch.random.fork_rng():
        torch.manual_seed(settings.seed)
        encoder, heads = make_encoder(shape), make_heads(classes, shape.width)
        seconds = _learn(encoder, heads, rows, classes, folder, settings, say)
    say("measuring on the pictures that were held out")
    encoder.eval(), heads.eval()
    report = {
        "parameters": sum(value.numel() for value in encoder.parameters()),
        "pictures": len(learnt),
        "held_out": len(held),
        "seconds": round(seconds, 1),
        "pictures_a_second": round(len(learnt) * settings.epochs / max(seconds, 1e-9), 1),
        "attributes": measured(encoder, heads, classes, learnt, held, shape.tokens),
    }
    encoding.save(folder, encoder, heads, classes, _spread(encoder, learnt, settings.seed))
    write_atomically(folder / REPORT, json.dumps(report, indent=1).encode() + b"\n")
    (folder / "checkpoint.pt").unlink(missing_ok=True)
    return report


def _check(shelf: Shelf, learnt: Shelf, held: Shelf, shape: EncoderSettings) -> None:
    if shelf.pixels.shape[1] != shape.size:
        raise BadInput(
            f"the pictures are {shelf.pixels.shape[1]} pixels wide, the encoder takes {shape.size}",
            "draw them with the same --size",
        )
    if shelf.owner.shape[1] % shape.tokens:
        raise BadInput(
            f"{shelf.owner.shape[1]} cells can't be shared by {shape.tokens} tokens across",
            "draw pictures with --grid a multiple of --tokens",
        )
    if not len(learnt) or not len(held):
        raise BadInput("there are no pictures to learn from, or none held out", "draw more")


def _begin(folder: Path, shelf: Shelf, shape: EncoderSettings, settings: LearningSettings) -> None:
    """Note what is trained; another training in the same folder is refused."""
    # In full: a default that changes from one version to the next makes another training.
    plain = {
        "shape": shape.model_dump(mode="json"),
        "learning": settings.model_dump(mode="json", exclude={"threads"}),
        "pictures": len(shelf),
        "pixels_sha256": hashlib.sha256(np.ascontiguousarray(shelf.pixels).data).hexdigest(),
    }
    text = json.dumps(plain, indent=1).encode() + b"\n"
    path = folder / "training.json"
    folder.mkdir(parents=True, exist_ok=True)
    if path.is_file() and path.read_bytes() != text:
        raise BadInput(f"{folder} holds another training", "choose another --out")
    write_atomically(path, text)


def _report(folder: Path) -> dict[str, Any] | None:
    """The report of a finished training."""
    path = folder / REPORT
    if not path.is_file():
        return None
    try:
        return dict(json.loads(path.read_bytes()))
    except ValueError:
        raise BadInput(f"{path} is not valid JSON", "choose another --out") from None


# ------------------------------------------------------------------ the loop


def _learn(
    encoder: Any,
    heads: Any,
    rows: Rows,
    classes: Classes,
    folder: Path,
    settings: LearningSettings,
    say: Callable[[str], None],
) -> float:
    """Train; returns the seconds of all updates."""
    import torch

    weights = [*encoder.parameters(), *heads.parameters()]
    optimiser = torch.optim.AdamW(
        [
            {"params": [w for w in weights if w.ndim > 1], "weight_decay": settings.weight_decay},
            {"params": [w for w in weights if w.ndim <= 1], "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )
    order = list(_order(len(rows.shelf), settings))
    done, seconds, curve = _resumed(folder, encoder, heads, optimiser)
    if done:
        say(f"going on after update {done} of {len(order)}")
    encoder.train(), heads.train()
    begun, kept, told = time.perf_counter(), time.perf_counter(), time.perf_counter()
    before = seconds
    sums: list[tuple[float, ...]] = []
    for at in range(done, len(order)):
        for group in optimiser.param_groups:
            group["lr"] = settings.learning_rate * slope(at, len(order), settings.warm_up)
        batch = rows.batch(order[at], np.random.default_rng([settings.seed, at]))
        parts = losses(
            encoder, heads, batch, classes, settings.smoothing, bf16=settings.precision == "bf16"
        )
        loss = sum(parts)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(weights, 1.0)
        optimiser.step()
        sums.append(tuple(float(each.detach()) for each in parts))
        if not math.isfinite(sum(sums[-1])):
            raise BadInput(
                f"training came apart at update {at + 1}: its loss is no number",
                "choose a smaller --learning-rate",
            )
        now = time.perf_counter()
        seconds = before + now - begun
        last = at + 1 == len(order)
        if last or now - told > 20 or len(sums) >= 50:
            means = [sum(each) / len(sums) for each in zip(*sums, strict=True)]
            curve.append([at + 1, *(round(each, 4) for each in means)])
            sums, told = [], now
            say(
                f"update {at + 1} of {len(order)}: patch {means[0]:.3f}, element {means[1]:.3f}, "
                f"picture {means[2]:.3f}"
            )
        if last or now - kept > KEPT_EVERY:
            _keep(folder, encoder, heads, optimiser, at + 1, seconds, curve)
            kept = now
    return seconds


def losses(
    encoder: Any,
    heads: Any,
    batch: Batch,
    classes: Classes,
    smoothing: float,
    *,
    bf16: bool = False,
) -> tuple[Any, Any, Any]:
    """The losses of patches, of elements and of whole pictures, each a mean over attributes."""
    import torch

    with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
        seen = features(encoder, batch.given)
    seen = seen.float()
    patch = heads["parts"](seen)
    element = heads["parts"](pooled(seen, batch.cover))
    whole = heads["whole"](seen.mean(1))
    return (
        _cross_entropy(patch, batch.patch, classes.parts, smoothing),
        _cross_entropy(element, batch.element, classes.parts, smoothing),
        _cross_entropy(whole, batch.whole, classes.whole, smoothing),
    )


def _cross_entropy(
    logits: Any, truth: Any, words: Mapping[str, tuple[str, ...]], smoothing: float
) -> Any:
    import torch

    found = []
    for at, each in enumerate(by_attribute(logits, words)):
        wanted = truth[..., at].reshape(-1)
        if bool((wanted != UNKNOWN).any()):
            flat = each.reshape(-1, each.shape[-1])
            found.append(
                torch.nn.functional.cross_entropy(
                    flat, wanted, ignore_index=UNKNOWN, label_smoothing=smoothing
                )
            )
    return torch.stack(found).mean() if found else logits.sum() * 0.0


def _order(count: int, settings: LearningSettings) -> Iterator[list[int]]:
    for epoch in range(settings.epochs):
        numbers = list(range(count))
        random.Random(f"{settings.seed}/{epoch}").shuffle(numbers)
        for start in range(0, count, settings.batch):
            yield numbers[start : start + settings.batch]


def slope(step: int, steps: int, warm_up: float) -> float:
    """The share of the full rate: up in a straight line, then down as half a cosine."""
    rising = warm_up * steps
    if step < rising:
        return (step + 1) / (rising + 1)
    return 0.5 + 0.5 * math.cos(math.pi * (step - rising) / max(1.0, steps - rising))


def _keep(
    folder: Path, encoder: Any, heads: Any, optimiser: Any, done: int, seconds: float, curve: Any
) -> None:
    import io

    import torch

    buffer = io.BytesIO()
    torch.save(
        {
            "encoder": encoder.state_dict(),
            "heads": heads.state_dict(),
            "optimiser": optimiser.state_dict(),
            "done": done,
            "seconds": seconds,
            "curve": curve,
        },
        buffer,
    )
    write_atomically(folder / "checkpoint.pt", buffer.getvalue())
    lines = ["update,patch,element,picture", *(",".join(map(str, row)) for row in curve)]
    write_atomically(folder / "curve.csv", "\n".join([*lines, ""]).encode())


def _resumed(
    folder: Path, encoder: Any, heads: Any, optimiser: Any
) -> tuple[int, float, list[list[float]]]:
    import torch

    path = folder / "checkpoint.pt"
    if not path.is_file():
        return 0, 0.0, []
    try:
        kept = torch.load(path, map_location="cpu", weights_only=True)
        encoder.load_state_dict(kept["encoder"])
        heads.load_state_dict(kept["heads"])
        optimiser.load_state_dict(kept["optimiser"])
        return int(kept["done"]), float(kept["seconds"]), list(kept["curve"])
    except Exception as error:  # a damaged or foreign file may make torch raise anything
        why = " ".join(str(error).split())[:120]
        raise BadInput(f"{path} can't be gone on with: {why}", "delete it to begin again") from None


def _spread(encoder: Any, shelf: Shelf, seed: int) -> tuple[Any, Any]:
    """Mean and deviation of each feature, on up to 512 pictures."""
    import torch

    some = random.Random(seed).sample(range(len(shelf)), min(512, len(shelf)))
    seen = []
    with torch.inference_mode():
        for start in range(0, len(some), 64):
            found = features(encoder, as_input(shelf.pixels[some[start : start + 64]]))
            seen.append(found.flatten(0, 1))
    every = torch.cat(seen)
    return every.mean(0).clone(), every.std(0).clamp(min=1e-4).clone()
