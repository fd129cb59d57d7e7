"""``storypainter pool``: list, check, split, sample."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click
import orjson

from storypainter.pools import POOL_NAMES, check_pool, load_pool, sample, split
from storypainter.runs.folder import write_atomically


@click.group("pool")
def command() -> None:
    """List, check, split and sample example stories."""


@command.command("list")
def list_pools() -> None:
    """List the pools that have a name."""
    for name in POOL_NAMES:
        if name.startswith("cogbench"):
            click.echo(f"{name:15} yours: set STORYPAINTER_COGBENCH to CogBench's description file")
        else:
            click.echo(f"{name:15} {len(load_pool(name).stories)} stories, built in")


@command.command("check")
@click.argument("pool")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def check(pool: str, as_json: bool) -> int:
    """Check POOL, a name or a file.

    Columns, chain syntax, word counts, Dimensions, entities and clues, near duplicates (by
    embedding and by common words in a row), closeness to the naive example, and the balance over
    the themes that its stories name.

    Exit code 2 if a story can't be used.
    """
    report = check_pool(pool)
    if as_json:
        plain = {
            "source": report.source,
            "stories": report.stories,
            "chains": report.chains,
            "words": report.words,
            "dimensions": {kind.value: count for kind, count in report.dimensions.items()},
            "balance": report.balance,
            "alike": [dataclasses.asdict(pair) for pair in report.alike],
            "closest_to_naive_example": [dataclasses.asdict(pair) for pair in report.closest],
            "findings": [dataclasses.asdict(finding) for finding in report.findings],
        }
        click.echo(orjson.dumps(plain).decode())
        return 0 if report.ok else 2
    for finding in report.findings:
        click.echo(f"{finding.severity}: {finding.story_id or '-'}: {finding.message}")
    click.echo(f"{report.source}: {report.stories} stories, {report.chains} chains")
    if report.words is not None:
        low, mean, high = report.words
        click.echo(f"words: {low} to {high}, mean {mean:.1f}")
    for kind, count in report.dimensions.items():
        click.echo(f"{kind.label}: in {count} stories")
    for pair in report.closest:
        run = f"longest common run {pair.run} words"
        click.echo(f"close to the naive example: {pair.one} (cosine {pair.cosine:.2f}, {run})")
    for theme, values in report.balance.items():
        shown = ", ".join(f"{value} {count}" for value, count in list(values.items())[:12])
        more = f", … ({len(values)} in all)" if len(values) > 12 else ""
        click.echo(f"{theme}: {shown}{more}")
    return 0 if report.ok else 2


@command.command("split")
@click.argument("pool")
@click.argument("target", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--seed", type=int, default=0, help="decides the split  [default: 0]")
def split_pool(pool: str, target: Path, seed: int) -> None:
    """Split POOL 3:2 into DIR/train.jsonl and DIR/test.jsonl."""
    parts = split(load_pool(pool), seed)
    target.mkdir(parents=True, exist_ok=True)
    for name, part in zip(("train", "test"), parts, strict=True):
        rows = b"".join(orjson.dumps(story.to_plain()) + b"\n" for story in part.stories)
        write_atomically(target / f"{name}.jsonl", rows)
        click.echo(f"{target / name}.jsonl: {len(part.stories)} stories")


@command.command("sample")
@click.argument("pool")
@click.argument("target", type=click.Path(path_type=Path), metavar="FILE")
@click.option("-n", "n", type=int, default=30, help="how many stories  [default: 30]")
@click.option("--seed", type=int, default=0, help="decides which  [default: 0]")
def sample_pool(pool: str, target: Path, n: int, seed: int) -> None:
    """Write N stories of POOL, drawn by a seed, to FILE (JSONL), for example to evaluate them."""
    drawn = sample(load_pool(pool), n, seed)
    write_atomically(target, b"".join(orjson.dumps(s.to_plain()) + b"\n" for s in drawn))
    click.echo(f"{target}: {len(drawn)} stories")
