"""What a folder of tasks says of itself: the manifest for programs, the data card for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from storypainter import __version__
from storypainter.intervals import wilson
from storypainter.sequences.card_means import said_mean
from storypainter.sequences.sets import SequenceSet
from storypainter.sequences.tasks.balancing import SURPLUS, Guess, constant_answers
from storypainter.sequences.tasks.guessing import LEAST_ROWS, guessed_blind
from storypainter.sequences.tasks.rows import FORMAT, PARTS, SEQUENCES, TASKS, Part, TaskRow

if TYPE_CHECKING:
    from storypainter.sequences.tasks.making import Made

_TITLES: Mapping[str, str] = {
    "caption": "caption generation: a detailed description of one picture",
    "continuation": "story continuation: the first picture and its description, then the narrative "
    "after it",
    "consistency": "character and scene consistency over several pictures",
    "emotion": "emotion and context recognition",
    "telling": "all pictures in order, told as one narrative in numbered parts",
    "described": "the narrative in numbered parts, from all pictures and a description of each",
}


def manifest(made: Made, source: SequenceSet, files: Mapping[str, str]) -> dict[str, Any]:
    """``dataset.json``: what the rows are, how they were made, and the files' hashes (SHA-256)."""
    asked = made.asked
    return {
        "tasks_of_sequences": FORMAT,
        "made_by": {"storypainter": __version__},
        "rows": {part: len(made.parts[part].rows) for part in PARTS},
        "tasks": {part: dict(made.parts[part].mix.rows) for part in PARTS},
        "forms": {part: _forms(made.parts[part].rows) for part in PARTS},
        "weights": dict(asked.weights),
        "available": {part: dict(made.parts[part].available) for part in PARTS},
        "ran_out": {part: list(made.parts[part].mix.ran_out) for part in PARTS},
        "none": {part: list(made.parts[part].mix.none) for part in PARTS},
        "not_made": {
            part: [
                {"task": task, "form": form, "reason": reason, "sequences": count}
                for (task, form, reason), count in sorted(made.parts[part].lacks.items())
            ]
            for part in PARTS
        },
        "surplus": {
            part: {f"{task}: {form}": count for (task, form), count
                   in sorted(made.parts[part].surplus.items())}
            for part in PARTS
        },
        "passed_over": {part: dict(sorted(made.parts[part].passed_over.items())) for part in PARTS},
        "guessable": {part: [_plain(each) for each in constant_answers(made.parts[part].rows)]
                      for part in PARTS},
        "guessed_blind": [_plain(each) for each in guessed_blind(made.parts["train"].rows)],
        "sequences": {part: len({row.sequence for row in made.parts[part].rows}) for part in PARTS},
        "pictures": len(made.pictures),
        "wordings": asked.wordings,
        "phrases": asked.phrases,
        "set": {"name": source.path.resolve().name, "hash": asked.set,
                "kinds": _kinds(made), "test_sequences_unused": len(source.sequences("test"))},
        "licence": str(source.manifest.get("licence", "")),
        "seed": asked.seed,
        "asked": asked.model_dump(mode="json"),
        "files": dict(files),
    }  # fmt: skip


def card(made: Made, source: SequenceSet, plain: Mapping[str, Any]) -> str:
    """``README.md``: the data card, with the head that dataset hubs read."""
    return "\n".join(_lines(made, source, plain)) + "\n"


def _lines(made: Made, source: SequenceSet, plain: Mapping[str, Any]) -> Iterator[str]:
    asked, rows = made.asked, plain["rows"]
    yield "---"
    yield f"license: {_line(plain['licence']).lower() or 'unknown'}"
    yield "task_categories:\n- image-text-to-text\nlanguage:\n- en"
    yield "configs:\n- config_name: default\n  data_files:"
    yield "  - split: train\n    path: train.jsonl\n  - split: validation\n    path: heldout.jsonl"
    yield "---\n"
    yield "# Instruction-tuning tasks for visual storytelling\n"
    yield (
        f"{rows['train']} rows to learn from and {rows['heldout']} held out, made by storypainter "
        f"{plain['made_by']['storypainter']} of the annotations of a set of sequences: the four "
        "tasks of section 3.2 of the visual storytelling paper, and telling. Each row shows one or "
        "more pictures, asks, and gives the answer, in TRL's conversational form with `images`.\n"
    )
    yield "| | |\n|---|---|"
    for name, said in _facts(made, source, plain):
        yield f"| {name} | {said} |"
    yield "\n## Tasks\n"
    yield "| task | | weight | rows | held out | words of an answer, mean |\n|---|---|---|---|---|---|"
    for task in TASKS:
        if task in asked.weights:
            counts = " | ".join(str(plain["tasks"][part][task]) for part in PARTS)
            yield (
                f"| {task} | {_TITLES[task]} | {asked.weights[task]:g} | {counts} | "
                f"{_words(made, task)} |"
            )
    yield ""
    yield from _mixing(made)
    yield "## Forms\n"
    yield "| task | form | rows | held out |\n|---|---|---|---|"
    forms = [plain["forms"][part] for part in PARTS]
    for name in sorted({*forms[0], *forms[1]}):
        yield f"| {name.replace(': ', ' | ')} | {forms[0].get(name, 0)} | {forms[1].get(name, 0)} |"
    yield "\n## What could not be made\n"
    yield from _not_made(made)
    yield "## Can answers be guessed?\n"
    yield from _guessing(plain)
    yield "## A row of each task\n"
    yield from _samples(made)
    yield "## Limits\n"
    yield (
        "Answers say what the annotations say, no more and no less true. Where a frame names those "
        "whom it shows, nobody else is taken to be in it; a frame that names nobody proves nothing "
        "about anybody, but for generated sequences, whose annotations are whole. A picture that was "
        "mixed in comes from another source and shows nobody who looks the same by the annotations. "
        "What feeling goes with an action is said, not that the action shows it. Questions are in "
        "English, in the project's own wordings.\n"
    )
    yield "## Licence\n"
    yield _line(plain["licence"]) or "The set names none."
    yield "\n## Files\n"
    yield (
        f"`train.jsonl`, `heldout.jsonl`: the rows. `{SEQUENCES}`: the annotations of the sequences "
        "that they are of. `pictures/`: their pictures, by content, as they were. `dataset.json`: "
        "all of this for programs, with the SHA-256 of each file."
    )


def _facts(made: Made, source: SequenceSet, plain: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    asked = made.asked
    yield "set of sequences", f"`{_line(plain['set']['name'])}`, rows `{asked.set}`"
    read = made.parts
    yield (
        "sequences",
        (
            f"{plain['sequences']['train']} of {read['train'].read} of its part train to learn from, "
            f"{plain['sequences']['heldout']} of {read['heldout'].read} of its part validation held "
            f"out; {len(source.sequences('test'))} of its part test were not used, which was checked"
        ),
    )
    yield "kinds", ", ".join(f"{kind}: {n}" for kind, n in plain["set"]["kinds"].items())
    yield "pictures", f"{plain['pictures']}, at most {asked.frames_max} in a row"
    yield "wordings", f"`{asked.wordings}`"
    yield "seed", str(asked.seed)
    for part in PARTS:
        for reason, count in read[part].passed_over.items():
            yield "passed over", f"{count} sequences ({part}): {reason}"


def _mixing(made: Made) -> Iterator[str]:
    for part in PARTS:
        mix, where = made.parts[part].mix, _called(part)
        for task in mix.none:
            yield f"- {where}: no row of {task} could be made; the others keep their weights."
        for task in mix.ran_out:
            rest = (
                "the others took its place"
                if made.asked.n
                else "it decides how many rows there are"
            )
            yield f"- {where}: {task} ran out at {mix.rows[task]} rows; {rest}."
    if made.asked.n and (missing := made.asked.n - len(made.parts["train"].rows)) > 0:
        yield f"- {missing} rows fewer than the {made.asked.n} that were asked for: all ran out."
    yield ""


def _not_made(made: Made) -> Iterator[str]:
    together: Counter[tuple[str, str, str]] = Counter()
    for part in PARTS:
        together.update(made.parts[part].lacks)
    surplus: Counter[tuple[str, str]] = Counter()
    for part in PARTS:
        surplus.update(made.parts[part].surplus)
    if not together and not surplus:
        yield "Nothing: every sequence has all annotations.\n"
        return
    yield "Sequences of which a form can't be made, or not for every picture, by reason.\n"
    yield "| task | form | reason | sequences |\n|---|---|---|---|"
    for (task, form, reason), count in sorted(together.items()):
        yield f"| {task} | {form} | {reason} | {count} |"
    for (task, form), count in sorted(surplus.items()):
        yield f"| {task} | {form} | too frequent an answer | {count} questions |"
    yield ""


def _guessing(plain: Mapping[str, Any]) -> Iterator[str]:
    yield (
        "The best constant answer: how often it would be right, knowing the form and the number of "
        "pictures. Answers are balanced: of two none may come in more than half of the questions, of "
        f"k none in more than {SURPLUS} / k (or a tenth).\n"
    )
    yield "| part | task | form | n | answers | best constant answer, % | even shares, % |"
    yield "|---|---|---|---|---|---|---|"
    for part in PARTS:
        for each in plain["guessable"][part]:
            yield (
                f"| {_called(part)} | {each['task']} | {each['form']} | {each['n']} | "
                f"{each['answers']} | {_percent(each)} | {100 * each['even']:.1f} |"
            )
    blind = plain["guessed_blind"]
    yield (
        "\nAnd from the question's words alone: a naive Bayes classifier, five folds by sequence, "
        f"forms of at least {LEAST_ROWS} rows.\n"
    )
    if not blind:
        yield "No form has that many.\n"
        return
    yield "| task | form | n | guessed, % |\n|---|---|---|---|"
    for each in blind:
        yield f"| {each['task']} | {each['form']} | {each['n']} | {_percent(each)} |"
    yield ""


def _samples(made: Made) -> Iterator[str]:
    for task in TASKS:
        row = next((row for row in made.rows if row.task == task), None)
        if row is None:
            continue
        yield f"{task} ({row.form}), {len(row.images)} picture{'s' * (len(row.images) > 1)}:\n"
        for text in (row.question, row.text):
            yield "\n".join(f"    {line}".rstrip() for line in text.split("\n")) + "\n"


def _words(made: Made, task: str) -> str:
    words = [len(row.text.split()) for row in made.parts["train"].rows if row.task == task]
    if not words:
        return "absent: no rows"
    return said_mean(words)


def _percent(each: Mapping[str, Any]) -> str:
    low, high = wilson(each["right"], each["n"])
    return f"{100 * each['right'] / each['n']:.1f} [{100 * low:.1f}, {100 * high:.1f}]"


def _plain(each: Guess) -> dict[str, Any]:
    return {
        "task": each.task, "form": each.form, "n": each.n, "answers": each.answers,
        "right": each.right, "share": round(each.share, 4), "even": round(each.expected, 4),
    }  # fmt: skip


def _forms(rows: tuple[TaskRow, ...]) -> dict[str, int]:
    return dict(sorted(Counter(f"{row.task}: {row.form}" for row in rows).items()))


def _kinds(made: Made) -> dict[str, int]:
    found = Counter(each.kind for part in PARTS for each in made.parts[part].sequences.values())
    return dict(sorted(found.items()))


def _called(part: Part) -> str:
    return "train" if part == "train" else "held out"


def _line(text: str) -> str:
    """A text from somebody's file, on one line and without what a table would be broken by."""
    return " ".join(str(text).replace("|", "/").split())[:200]
