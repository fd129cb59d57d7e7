"""Does the small vision-language model see what it tells? On sequences that it never met.

Each sequence of a set's test part is told several times, by greedy decoding on the processor:

    seen       its own pictures, in order
    foreign    the pictures of another sequence, with as many pictures where there is one
    disordered its own pictures, in another order: none is where it was
    blank      grey pictures

by each model given: the one after supervised learning (``--sft``), the one after learning by
rewards (``--rl``), and a text-only twin (``--twin``) that was trained by the same commands on tasks
with blank pictures (``small-seer blank TASKS``), which is told blank ones. All narratives are held
against the annotations of the true sequence, picture by picture: the mean F1 of people, actions and
places (``sequences/grounding.py``), which is not the rule that rewarded. Differences are paired by
sequence; intervals are of a bootstrap over sequences. A part that is missing names nothing. "People
by role" counts no "man" for a nurse. With ``--apart-from`` the best constant guess of people is told,
too: of the words that name most of the first other set's people, whatever a picture shows.

    python benchmarks/small_seer.py SET --model SMALL_SEER --sft sft/adapter --rl rl/adapter \
        --twin twin/adapter -n 200 --told told/ --out docs/measured/small-seer.json

With ``--look-first`` each picture is described by itself first, by the same model and adapter, and
the narrative is asked for with what it wrote (the questions of ``sequences tell --look-first``);
pictures of another sequence have that sequence's descriptions, grey ones what is said of grey. The
twin is then told both ways (``blank`` and ``blank-looking``). The descriptions themselves are held
against the annotations, too, each against those of its place in the sequence.

Narratives are kept in ``--told``, a file a condition: what is told is not told again. Those of
another adapter, or in another precision, are refused.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from measuring import table, write_json

from storypainter.sequences.grounding import HELD, KINDS, ground
from storypainter.sequences.sets import PARTS, SequenceSet, read_set
from storypainter.sequences.tasks.parts import read_parts
from storypainter.sequences.tasks.wordings import describing_question, telling_question

WAYS = ("seen", "foreign", "disordered", "blank")
LOOKED = "blank-looking"
DESCRIPTIONS = ", descriptions"
TRUE = "the true narratives"
CONSTANT = "constant guess"
#: "A man" is right of a nurse for a reader, and easily guessed; a role isn't.
SHOWN = (*(f"{kind} F1" for kind in HELD), "people by role F1")
#: By name, a value for each sequence; none where there is nothing to score.
Scores = dict[str, list[float | None]]
RESAMPLES = 10_000
GOAL = 0.10
ADAPTER = "adapter_model.safetensors"
ANYBODY = ("man", "woman", "child", "toddler", "boy", "girl", "old man", "old woman", "teenager")


def foreign(lengths: Sequence[int]) -> list[int]:
    """For each sequence another one, of as many pictures where possible: the next such one.

    >>> foreign([3, 4, 3, 4, 5])
    [2, 3, 0, 1, 0]
    """
    found = []
    for at, length in enumerate(lengths):
        turn = [*range(at + 1, len(lengths)), *range(at)]
        same = [each for each in turn if lengths[each] == length]
        found.append((same or turn)[0])
    return found


def fitted(pictures: Sequence[Any], count: int) -> list[Any]:
    """So many pictures: the first ones, and again from the first if they are too few."""
    return [pictures[at % len(pictures)] for at in range(count)]


def disordered(count: int, seed: str) -> list[int]:
    """An order of so many pictures in which none is where it was (one stays alone)."""
    if count < 2:
        return list(range(count))
    rng = np.random.default_rng(int(hashlib.sha256(seed.encode()).hexdigest()[:8], 16))
    while True:
        order = rng.permutation(count).tolist()
        if all(each != at for at, each in enumerate(order)):
            return list(order)


def paired(
    one: Sequence[float | None], other: Sequence[float | None], seed: int = 0
) -> dict[str, Any]:
    """The mean difference over what both have, with a 95 % interval of a bootstrap."""
    both = [(a, b) for a, b in zip(one, other, strict=True) if a is not None and b is not None]
    differences = np.array([a - b for a, b in both])
    return {"n": len(both), **mean_of(differences, seed)}


def mean_of(values: np.ndarray[Any, Any], seed: int = 0) -> dict[str, Any]:
    """Mean and percentile interval; below two values there is no interval."""
    if not len(values):
        return {"mean": None, "interval": None}
    mean = round(float(values.mean()), 4)
    if len(values) < 2:
        return {"mean": mean, "interval": None}
    rng = np.random.default_rng(seed)
    means = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(1)
    low, high = np.percentile(means, [2.5, 97.5])
    return {"mean": mean, "interval": [round(float(low), 4), round(float(high), 4)]}


# ------------------------------------------------------------------ telling


class Teller:
    """A model with an adapter, that tells lists of pictures."""

    def __init__(
        self,
        model: Path,
        adapter: Path | None,
        most: int,
        batch: int,
        precision: str = "fp32",
    ) -> None:
        import torch
        import transformers

        transformers.logging.set_verbosity_error()
        self.torch, self.most, self.batch = torch, most, batch
        self.processor = transformers.AutoProcessor.from_pretrained(model)
        self.processor.tokenizer.padding_side = "left"
        loaded = transformers.AutoModelForImageTextToText.from_pretrained(
            model, dtype=torch.float32, local_files_only=True
        )
        if adapter is not None:
            import peft

            loaded = peft.PeftModel.from_pretrained(loaded, str(adapter)).merge_and_unload()
            template = adapter / "chat_template.jinja"
            if template.is_file():
                self.processor.chat_template = template.read_text("utf-8")
        self.dtype = torch.bfloat16 if precision == "bf16" else torch.float32
        self.model = loaded.to(self.dtype).eval()

    def describe(self, pictures: Sequence[Any]) -> Iterable[tuple[int, str, int]]:
        """For each picture its number, its description and its tokens, a batch at a time."""
        return self._written([[each] for each in pictures], [describing_question()] * len(pictures))

    def tell(
        self, rows: Sequence[Sequence[Any]], seen: Sequence[Sequence[str]] = ()
    ) -> Iterable[tuple[int, str, int]]:
        """For each list of pictures its number, the narrative and its tokens, a batch at a time.

        ``seen`` are descriptions of the pictures, which are then asked with.
        """
        asked = [
            telling_question("", each if all(each) else ()) for each in seen or [()] * len(rows)
        ]
        return self._written(rows, asked)

    def _written(
        self, rows: Sequence[Sequence[Any]], questions: Sequence[str]
    ) -> Iterable[tuple[int, str, int]]:
        order = sorted(range(len(rows)), key=lambda at: (len(rows[at]), len(questions[at])))
        for start in range(0, len(order), self.batch):
            some = order[start : start + self.batch]
            texts = [self._asked(len(rows[at]), questions[at]) for at in some]
            given = self.processor(
                text=texts,
                images=[list(rows[at]) for at in some],
                return_tensors="pt",
                padding=True,
            )
            given["pixel_values"] = given["pixel_values"].to(self.dtype)
            with self.torch.inference_mode():
                made = self.model.generate(**given, max_new_tokens=self.most, do_sample=False)
            for at, tokens in zip(some, made[:, given["input_ids"].shape[1] :], strict=True):
                text = self.processor.tokenizer.decode(tokens, skip_special_tokens=True)
                pad = self.processor.tokenizer.pad_token_id
                yield at, text.strip(), int((tokens != pad).sum())

    def _asked(self, pictures: int, question: str) -> str:
        content = [*[{"type": "image"}] * pictures, {"type": "text", "text": question}]
        message = [{"role": "user", "content": content}]
        text: str = self.processor.apply_chat_template(message, add_generation_prompt=True)
        return text


def pictures_of(given: SequenceSet, sequences: Sequence[Any]) -> list[list[Any]]:
    """The pictures of each sequence, opened."""
    from PIL import Image

    return [
        [
            Image.open(io.BytesIO(given.picture_bytes(frame))).convert("RGB")
            for frame in sequence.frames
        ]
        for sequence in sequences
    ]


def shown(way: str, pictures: Sequence[Sequence[Any]], ids: Sequence[str]) -> list[list[Any]]:
    """What a teller gets to see of each sequence, by the way of showing."""
    if way == "seen":
        return [list(each) for each in pictures]
    if way == "foreign":
        other = foreign([len(each) for each in pictures])
        return [fitted(pictures[of], len(each)) for of, each in zip(other, pictures, strict=True)]
    if way == "disordered":
        return [
            [each[at] for at in disordered(len(each), name)]
            for name, each in zip(ids, pictures, strict=True)
        ]
    from PIL import Image

    grey = Image.new("RGB", (64, 64), (128, 128, 128))
    return [[grey] * len(each) for each in pictures]


def described(
    teller: Teller | None, views: Sequence[Sequence[Any]], path: Path, by: str
) -> list[list[str]]:
    """What the teller says of each picture by itself, in the order of the views.

    A picture is described once, whatever is shown beside it; descriptions are kept at ``path``.
    """
    names = [[picture_name(each) for each in view] for view in views]
    pictures = {
        name: each
        for row, view in zip(names, views, strict=True)
        for name, each in zip(row, view, strict=True)
    }
    known = told(path, by)
    left = [name for name in pictures if name not in known]
    if left and teller is None:
        raise SystemExit(f"{path} lacks descriptions of what was told: give another --told")
    if left and teller is not None:
        made = teller.describe([pictures[name] for name in left])
        keep(path, by, left, made, known)
    return [[known[name] for name in row] for row in names]


def picture_name(picture: Any) -> str:
    """The hash of an opened picture's pixels."""
    return hashlib.sha256(repr(picture.size).encode() + picture.tobytes()).hexdigest()[:32]


# ------------------------------------------------------------------ measuring


def scored(sequences: Sequence[Any], texts: Mapping[str, str]) -> Scores:
    """The scores of each sequence's narrative, by name; absent where there is nothing to score."""
    found: Scores = {}
    for sequence in sequences:
        parts = read_parts(texts[sequence.id], len(sequence.frames)).parts
        held = ground(sequence, [each or "" for each in parts])
        row = {"grounding": held.overall.value}
        row |= {f"{kind} recall": held.recall(kind).value for kind in KINDS}
        row |= {f"{kind} precision": held.precision(kind).value for kind in HELD}
        row |= {f"{kind} F1": held.f1(kind).value for kind in HELD}
        strict = ground(sequence, [each or "" for each in parts], classes=False)
        row["people by role F1"] = strict.f1("people").value
        row["parts told"] = sum(each is not None for each in parts) / len(parts)
        for name, value in row.items():
            found.setdefault(name, []).append(value)
    return found


def constant_guess(learnt: Sequence[Any], of: str, most: int = 6, few: int = 120) -> str:
    """The part that names people best without looking: the same for every picture of every set.

    People are added greedily, from the commonest roles and words for anybody of a kind, as long
    as the score rises on the first ``few`` sequences that were learnt from; the place is the
    commonest one. A twin that decodes greedily tells one story too, but not the best one.
    """
    seen = learnt[:few]
    roles = Counter(person.role for each in learnt for person in each.characters)
    words = dict.fromkeys([*(role for role, _ in roles.most_common(12)), *ANYBODY])
    place = Counter(frame.place for each in learnt for frame in each.frames).most_common(1)[0][0]
    chosen: list[str] = []
    best = 0.0

    def part(people: Sequence[str]) -> str:
        return " ".join([f"It was {place}.", *(f"The {each} was there." for each in people)])

    def value(people: Sequence[str]) -> float:
        texts = {each.id: in_every_part(each, part(people)) for each in seen}
        return float(np.mean([each or 0.0 for each in scored(seen, texts)[of]]))

    while len(chosen) < most:
        found = max((value([*chosen, word]), word) for word in words if word not in chosen)
        if found[0] <= best:
            break
        best = found[0]
        chosen.append(found[1])
    return part(chosen)


def in_every_part(sequence: Any, part: str) -> str:
    """A narrative that says the same of every picture."""
    return numbered([part] * len(sequence.frames))


def numbered(parts: Iterable[str]) -> str:
    """Parts as a told narrative has them; an empty one is left out."""
    return "\n\n".join(f"{at}. {part}" for at, part in enumerate(parts, 1) if part)


def apart(sequences: Sequence[Any], other: SequenceSet) -> None:
    """Raises SystemExit where a sequence has a picture or the narrative of one of another set."""
    met = list(other)
    pictures = {frame.picture.sha256 for each in met for frame in each.frames}
    told = {narrative_of(each) for each in met}
    for each in sequences:
        if narrative_of(each) in told or any(f.picture.sha256 in pictures for f in each.frames):
            raise SystemExit(f"{each.id} shares a picture or its narrative with {other.path}")


def narrative_of(sequence: Any) -> tuple[str, ...]:
    """Its parts."""
    return tuple(frame.part for frame in sequence.frames)


def teller_of(model: Path, adapter: Path | None, precision: str) -> str:
    """Who tells: the hash of the adapter (without one, of the model), and the precision."""
    weights = model / "model.safetensors" if adapter is None else adapter / ADAPTER
    return f"{hashlib.sha256(weights.read_bytes()).hexdigest()[:16]} {precision}"


def told(path: Path, by: str) -> dict[str, str]:
    """The narratives of a condition that were kept, by sequence.

    Raises:
        SystemExit: another teller told them.
    """
    if not path.is_file():
        return {}
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    if any(row.get("by") != by for row in rows):
        raise SystemExit(
            f"{path} was told by another model, in another precision, or without looking first "
            "(or with it): give another --told"
        )
    return {row["sequence"]: row["text"] for row in rows}


def keep(
    path: Path, by: str, names: Sequence[str], made: Iterable[tuple[int, str, int]],
    known: dict[str, str],
) -> int:  # fmt: skip
    """Append what is made, each as soon as it is there, and add it to what is known; its tokens.

    ``made`` gives the number of a name, its text, and how many tokens that has.
    """
    tokens = 0
    with path.open("a", encoding="utf-8") as file:
        for at, text, count in made:
            known[names[at]] = text
            tokens += count
            row = {"sequence": names[at], "text": text, "by": by}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()
    return tokens


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("set", type=Path)
    parser.add_argument("--model", type=Path, required=True, help="the folder that build made")
    parser.add_argument("--sft", type=Path, help="adapter after supervised learning")
    parser.add_argument("--rl", type=Path, help="adapter after learning by rewards")
    parser.add_argument("--twin", type=Path, help="adapter trained on blank pictures")
    parser.add_argument("-n", type=int, default=200, help="sequences")
    parser.add_argument("--part", default="test", choices=["test", "validation", "all"])
    parser.add_argument(
        "--apart-from", type=Path, nargs="*", default=[], help="sets that may share nothing"
    )
    parser.add_argument("--most", type=int, default=260, help="tokens a narrative")
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--precision", default="fp32", choices=["fp32", "bf16"])
    parser.add_argument("--ways", nargs="*", default=list(WAYS[:3]), choices=WAYS)
    parser.add_argument(
        "--look-first", action="store_true", help="describe each picture by itself before"
    )
    parser.add_argument("--told", type=Path, default=Path("told"))
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def main() -> None:
    """Tell, hold against the annotations, compare."""
    options = _options()
    given = read_set(options.set)
    parts = PARTS if options.part == "all" else (options.part,)
    sequences = [each for part in parts for each in given.sequences(part)][: options.n]
    for path in options.apart_from:
        apart(sequences, read_set(path))
    pictures = pictures_of(given, sequences)
    adapters = {"sft": options.sft, "rl": options.rl, "twin": options.twin}
    models = {name: adapter for name, adapter in adapters.items() if adapter is not None}
    speed: dict[str, Any] = {}
    scores: dict[str, Scores] = {}
    options.told.mkdir(parents=True, exist_ok=True)
    for name, adapter in (models or {"untrained": None}).items():
        found, seconds = told_by(name, adapter, sequences, pictures, options)
        scores |= found
        speed |= seconds
    scores |= unseeing(
        sequences, list(read_set(options.apart_from[0])) if options.apart_from else []
    )
    results = compared(scores, len(sequences))
    results |= {
        "precision": options.precision,
        "look_first": options.look_first,
        "speed": speed,
        "set": dict(given.manifest["files"]),
    }
    show(results)
    write_json(options.out, "small seer", results)


def told_by(
    name: str,
    adapter: Path | None,
    sequences: Sequence[Any],
    pictures: Sequence[Sequence[Any]],
    options: argparse.Namespace,
) -> tuple[dict[str, Scores], dict[str, Any]]:
    """The scores of one model by condition, and how fast it told what wasn't told before."""
    ids = [each.id for each in sequences]
    scores: dict[str, Scores] = {}
    speed: dict[str, Any] = {}
    teller, weights = None, teller_of(options.model, adapter, options.precision)
    for way in _ways_of(name, options):
        looks = options.look_first and (name, way) != ("twin", "blank")
        by = f"{weights} looking first" if looks else weights
        condition = f"{name} {way}"
        path = options.told / f"{name}-{way}.jsonl"
        texts = told(path, by)
        left = [at for at, each in enumerate(ids) if each not in texts]
        if teller is None and left:
            teller = Teller(options.model, adapter, options.most, options.batch, options.precision)
        views = shown("blank" if way == LOOKED else way, pictures, ids)
        seen: list[list[str]] = []
        if looks:
            seen = described(teller, views, options.told / f"{name}-described.jsonl", by)
            parts = {each: numbered(said) for each, said in zip(ids, seen, strict=True)}
            scores[f"{condition}{DESCRIPTIONS}"] = scored(sequences, parts)
        if teller is not None and left:
            begun = time.perf_counter()
            made = teller.tell([views[at] for at in left], [seen[at] for at in left if seen])
            tokens = keep(path, by, [ids[at] for at in left], made, texts)
            seconds = time.perf_counter() - begun
            speed[condition] = {
                "narratives": len(left),
                "seconds": round(seconds, 1),
                "tokens_a_second": round(tokens / seconds, 1),
            }
            print(condition, speed[condition], flush=True)
        scores[condition] = scored(sequences, texts)
    return scores, speed


def unseeing(sequences: Sequence[Any], learnt: Sequence[Any]) -> dict[str, Scores]:
    """What no model tells: the true narratives, and the best guesses from what was learnt."""
    scores = {
        TRUE: scored(sequences, {each.id: numbered(narrative_of(each)) for each in sequences})
    }
    for name in ("people F1", "people by role F1") if learnt else ():
        part = constant_guess(learnt, name)
        texts = {each.id: in_every_part(each, part) for each in sequences}
        scores[f"{CONSTANT}, {name}"] = scored(sequences, texts)
    return scores


def _ways_of(name: str, options: argparse.Namespace) -> list[str]:
    """How a model is told; the twin both ways where the others look first.

    It sees grey only and describes every picture alike: which way it guesses better is luck.
    """
    if name != "twin":
        return list(options.ways)
    return ["blank", LOOKED] if options.look_first else ["blank"]


def compared(scores: Mapping[str, Scores], count: int) -> dict[str, Any]:
    """Means by condition, and the paired differences that the question asks for."""
    means = {
        condition: {
            name: {
                "n": sum(each is not None for each in values),
                **mean_of(np.array([each for each in values if each is not None])),
            }
            for name, values in rows.items()
        }
        for condition, rows in scores.items()
    }
    wanted = [
        (f"{name} seen", other)
        for name in ("sft", "rl", "untrained")
        for other in (
            f"{name} foreign",
            f"{name} disordered",
            f"{name} blank",
            "twin blank",
            f"twin {LOOKED}",
        )
    ]
    wanted += [(f"{one}{DESCRIPTIONS}", f"{other}{DESCRIPTIONS}") for one, other in wanted]
    wanted.append(("rl seen", "sft seen"))
    guesses = [each for each in scores if each.startswith(CONSTANT)]
    wanted += [
        (f"{name} seen{what}", each)
        for name in ("sft", "rl")
        for what in ("", DESCRIPTIONS)
        for each in guesses
    ]
    names = ["grounding", *SHOWN, *(f"{kind} recall" for kind in KINDS)]
    differences = {
        f"{one} - {other}": {name: paired(scores[one][name], scores[other][name]) for name in names}
        for one, other in wanted
        if one in scores and other in scores
    }
    return {"sequences": count, "goal": GOAL, "means": means, "differences": differences}


def show(results: Mapping[str, Any]) -> None:
    """Print the tables."""
    rows = [
        {"condition": condition} | {name: each["mean"] for name, each in names.items()}
        for condition, names in results["means"].items()
    ]
    print(table(rows))
    rows = []
    for name, kinds in results["differences"].items():
        for kind in ("grounding", *SHOWN):
            row = kinds[kind]
            low = row["interval"][0] if row["interval"] else None
            reached = low is not None and low > GOAL if kind == "grounding" else ""
            rows.append(
                {"difference": name, "of": kind, "mean": row["mean"], "interval": row["interval"],
                 "n": row["n"], f"above {GOAL}": reached}
            )  # fmt: skip
    if rows:
        print(table(rows))


if __name__ == "__main__":
    main()
