"""What a training set says of itself: the manifest for programs, the data card for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from storypainter import __version__
from storypainter.intervals import t_interval
from storypainter.training.distilling import hindsight, near_misses
from storypainter.training.distilling.holding_out import HELD_OUT
from storypainter.training.distilling.licensing import licence_lines, licence_of
from storypainter.training.distilling.near_duplicates import SAME_WORDS
from storypainter.training.distilling.rows import PreferenceRow

if TYPE_CHECKING:
    from storypainter.training.distilling.asked import Asked
    from storypainter.training.distilling.making import Made

FORMAT = 1

#: What the reasons of the filters mean.
REASONS: Mapping[str, str] = {
    "failed": "the teacher gave no story",
    "too_short": "fewer words than asked for",
    "too_long": "more words than asked for",
    "not_english": "not English, so that the rules can't judge it",
    "not_one_moment": "more than one moment, by the rules of the evaluator `moment`",
    "copies_pool": "copies a story of the Pool (evaluator `copying`)",
    "copies_examples": "copies an example of its own prompt (evaluator `copying`)",
    "retells_pool": "retells a story of the Pool (evaluator `copying`)",
    "retells_examples": "retells an example of its own prompt (evaluator `copying`)",
    "near_duplicate": f"shares {SAME_WORDS:.0%} or more of its 8-grams with an earlier story",
    "no_reply": "a student's answer failed or was empty",
    "rejected_equals_chosen": "the rejected answer was the chosen one",
}


def manifest(made: Made, files: Mapping[str, str]) -> dict[str, Any]:
    """``dataset.json``: what the set is, how it was made, and the hashes (SHA-256) of its files."""
    asked = made.asked
    templates = {asked.prompt: " ".join(made.templates)}
    of_teacher = {each.story.origin.prompt for each in made.collected.candidates
                  if each.story.origin and each.source == made.teacher.get("address")}  # fmt: skip
    told = " ".join(sorted(each for each in of_teacher if each))
    return {
        "format": FORMAT,
        "kind": asked.kind,
        "rows": {"train": len(made.parts.train), "heldout": len(made.parts.heldout)},
        "held_out_by": made.parts.by,
        "teacher": {**made.teacher, "template": told or None, "sampling": dict(made.sampling)}
        if made.teacher
        else {},
        "sources": dict(Counter(row.source for row in made.rows)),
        "student_prompt": asked.prompt,
        "templates": templates,
        "rejected_by": _rejected_by(made),
        "filters": {
            "read": made.collected.read,
            "read_from": dict(made.collected.told),
            "left_out": dict(made.collected.reasons),
            "no_pair": dict(made.lost),
            "min_words": asked.min_words,
            "max_words": asked.max_words,
        },
        "pool": {
            "train": made.pool.train.name,
            "train_hash": made.pool.train.hash,
            "test": made.pool.test.name,
            "held_back": len(made.pool.held_back),
        },
        "made_by": made_by(asked),
        "seed": asked.seed,
        "licence": licence_of(made),
        "asked": asked.to_plain(),
        "files": dict(files),
    }


def made_by(asked: Asked) -> dict[str, Any]:
    """The versions of what makes a set's rows."""
    return {
        "storypainter": __version__,
        "hindsight": hindsight.VERSION if asked.prompt == "mini" else None,
        "near_misses": near_misses.VERSION,
    }


def card(made: Made, plain: Mapping[str, Any]) -> str:
    """``README.md``: the data card, with the head that dataset hubs read."""
    return "\n".join(_lines(made, plain)) + "\n"


def _lines(made: Made, plain: Mapping[str, Any]) -> Iterator[str]:
    asked, rows = made.asked, plain["rows"]
    yield "---"
    yield f"license: {str(plain['licence']).lower()}"
    yield "task_categories:\n- text-generation\nlanguage:\n- en"
    yield "configs:\n- config_name: default\n  data_files:"
    yield "  - split: train\n    path: train.parquet\n  - split: validation\n    path: heldout.parquet"
    yield "---\n"
    yield f"# A training set for a Mini-Storyteller ({asked.kind})\n"
    yield (
        f"{rows['train']} rows to learn from and {rows['heldout']} held out, made by storypainter "
        f"{plain['made_by']['storypainter']}. {_KINDS[asked.kind]}\n"
    )
    yield "| | |\n|---|---|"
    for name, said in _facts(made, plain):
        yield f"| {name} | {said} |"
    yield "\n## What was left out\n"
    yield (
        f"{made.collected.read} stories were read; {sum(made.collected.reasons.values())} were left "
        "out, each for the first reason that held. Filters hold for what is learnt, never for what "
        "is rejected.\n"
    )
    yield "| reason | stories | |\n|---|---|---|"
    for name, count in {**made.collected.reasons, **made.lost}.items():
        yield f"| {name} | {count} | {REASONS.get(name, '')} |"
    if not made.collected.reasons and not made.lost:
        yield "| none | 0 | |"
    if plain["rejected_by"]:
        yield "\n## What is rejected\n"
        yield "| by | rows |\n|---|---|"
        for name, count in plain["rejected_by"].items():
            yield f"| {name} | {count} |"
        yield (
            "\nA model's answer is kept as it came. A near miss is the chosen story with one fault "
            "put in by program, named by its kind."
        )
    yield "\n## One row\n"
    yield from _sample(made)
    yield "## Limits\n"
    yield (
        "The filters are rules and word counts: they find neither dullness nor a Chain that doesn't "
        "hold. A Brief in hindsight asks for what its story happens to have, so that the set holds "
        "no order that its story doesn't meet. English only.\n"
    )
    yield "## Licence\n"
    for line in licence_lines(made):
        yield f"- {line}"
    if asked.licence:
        yield f"- the whole set, as its maker says: {asked.licence}"
    yield "\n## Files\n"
    yield (
        "`train.jsonl`, `heldout.jsonl` and the same rows as Parquet: TRL's conversational form. "
        "`llama_factory/`: the same rows in LLaMA-Factory's alpaca and sharegpt layouts, with the "
        "entries of its `dataset_info.json` (point `dataset_dir` at that folder). `runs/`: the run "
        "folders, with every reply and how it was made. `dataset.json`: all of this for programs, "
        "with the SHA-256 of each file."
    )


_KINDS = {
    "sft": "Each row is a prompt and the story that answers it.",
    "dpo": "Each row is a prompt, a chosen story and a rejected answer to the same prompt.",
    "dpo-mix": "Each row is a prompt, a chosen story and a rejected answer to the same prompt; "
    "half of the rejected answers are the student's own, half those of a smaller model.",
}


def _facts(made: Made, plain: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    asked, teacher = made.asked, made.teacher
    if teacher:
        template = plain["teacher"]["template"]
        yield (
            "teacher",
            (
                f"`{teacher['address']}`, mode {teacher['mode']}"
                + (f", template `{template}`" if template else "")
                + f"; {teacher['written']} stories asked for"
            ),
        )
    yield (
        "rows by who told the story",
        ", ".join(f"{name}: {count}" for name, count in plain["sources"].items()),
    )
    yield "student's prompt", f"{asked.prompt}; templates `{plain['templates'][asked.prompt]}`"
    words = [len(row.text.split()) for row in made.rows]
    between = t_interval(words)
    spread = f" [{between[0]:.1f}, {between[1]:.1f}]" if between else ""
    yield (
        "words of what is learnt",
        (
            f"{min(words)} to {max(words)}, mean {sum(words) / len(words):.1f}{spread} (95 %, n = "
            f"{len(words)})"
        ),
    )
    by = {
        "prompt": "by prompt: equal prompts, and rows with the same story, are never parted",
        "story": "by story, since all rows have the same prompt",
    }[made.parts.by]
    yield "held out", f"{HELD_OUT:.0%} at most, {by}"
    yield (
        "Pool",
        (
            f"`{made.pool.train.name}` ({len(made.pool.train.stories)} stories) for examples and "
            f"targets; the {len(made.pool.held_back)} test stories are neither, which was checked"
        ),
    )
    for name, address in (("student", asked.student), ("smaller sibling", asked.smaller)):
        if address:
            yield name, f"`{address}`"
    yield "seed", str(asked.seed)


def _sample(made: Made) -> Iterator[str]:
    row = made.rows[0]
    answers = (
        [("chosen", row.text), (f"rejected ({row.rejected_by})", row.rejected[0].content)]
        if isinstance(row, PreferenceRow)
        else [("completion", row.text)]
    )
    for name, text in (("prompt", row.prompt[-1].content), *answers):
        yield f"{name}:\n"
        yield "\n".join(f"    {line}" for line in text.split("\n")) + "\n"


def _rejected_by(made: Made) -> dict[str, int]:
    found = Counter(row.rejected_by for row in made.rows if isinstance(row, PreferenceRow))
    return dict(sorted(found.items()))
