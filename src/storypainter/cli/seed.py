"""The command line of the paper's released pipeline, flags and all.

``storytellingpainter_pipeline.py`` at the root of the project calls this. It writes the paper's
file layout to ``--output_dir`` and keeps the run itself in ``output_dir/run``: the same command
again resumes instead of starting over.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from storypainter import assembly
from storypainter.cli import running
from storypainter.errors import BadInput, SomeItemsFailed
from storypainter.models.catalog import EMBEDDED
from storypainter.pools import resolve_pool_name
from storypainter.runs.export import export
from storypainter.runs.folder import RunFolder
from storypainter.storytellers.given import read_stories
from storypainter.value import content_hash

FUNCTIONS = ("story_gen", "story_img_gen", "story_img_gen_based_on_story_file")
#: The paper's pipeline asks for no size; its painters' default is square.
SIZE = "1024x1024"


@click.command("storytellingpainter_pipeline.py")
@click.option("--llm_name", default="gpt-4o", help="the Storyteller's model  [default: gpt-4o]")
@click.option(
    "--story_gen_mode", default="cor_guided", type=click.Choice(["naive", "cor_guided"]),
    help="[default: cor_guided]",
)  # fmt: skip
@click.option(
    "--img_gen_model_name", default="gpt-image-1", help="the Painter's model, such as dalle3"
)
@click.option("--N", "n", default=1, type=int, help="how many stories  [default: 1]")
@click.option("--output_dir", required=True, type=click.Path(path_type=Path))
@click.option("--function", default="story_img_gen", type=click.Choice(FUNCTIONS))
@click.option("--story_file", help="the stories for story_img_gen_based_on_story_file")
@click.option(
    "--story_pool_name", default="cogbench_test",
    help="cogbench, cogbench_train, cogbench_test, our own pools, or a file",
)  # fmt: skip
@click.option("--llm_temperature", default=1.0, type=float, help="[default: 1.0]")
@click.option("--img_quality", default="", help="medium or auto; the paper compares both")
@click.option("--base_url", default=None, help="an OpenAI-compatible server's address")
@click.option("--seed", default=None, type=int, help="decides the in-context examples")
def command(
    llm_name: str,
    story_gen_mode: str,
    img_gen_model_name: str,
    n: int,
    output_dir: Path,
    function: str,
    story_file: str | None,
    story_pool_name: str,
    llm_temperature: float,
    img_quality: str,
    base_url: str | None,
    seed: int | None,
) -> int:
    """Generate N stories and their images, as the paper's released pipeline does."""
    flags: dict[str, Any] = {
        "storyteller": _address(llm_name),
        "mode": None if llm_name == "planner" else story_gen_mode,
        "painter": _address(img_gen_model_name),
        "n": n,
        "temperature": llm_temperature,
        "max_tokens": 1024,
        "size": SIZE,
        "quality": img_quality or _quality(img_gen_model_name),
        "base_url": base_url,
        "seed": seed,
    }
    rows = None
    if function == "story_img_gen_based_on_story_file":
        if not story_file:
            raise BadInput(f"--function={function} needs --story_file", "name a JSONL or CSV file")
        rows = read_stories(story_file)
    elif story_file:
        raise BadInput(
            f"--function={function} takes no --story_file",
            "use --function=story_img_gen_based_on_story_file",
        )
    elif story_gen_mode == "cor_guided" and llm_name != "planner":
        flags["pool"], note = resolve_pool_name(story_pool_name)
        if note:
            click.echo(note, err=True)
    resolved = running.resolved_settings(flags)
    extra: dict[str, Any] = {}
    if rows is not None:
        plan = assembly.prepare_given(resolved, os.environ, rows)
        extra = {"stories": content_hash([row.story.to_plain() for row in rows])}
    else:
        plan = assembly.prepare(resolved, os.environ, paint=function == "story_img_gen")
    run = output_dir / "run"
    code = running.work(
        plan, resolved, out=str(run), as_json=False, quiet=False, dry_run=False, extra=extra
    )
    with RunFolder(run, read_only=True) as folder:
        click.echo(f"the paper's layout: {export(folder, 'paper', output_dir)}")
    if code == SomeItemsFailed.exit_code:
        click.echo("some items failed; the same command tries them again", err=True)
    return code


def _address(name: str) -> str:
    """A name as the paper's script takes it: an OpenAI model, or an address of ours."""
    if "/" in name or name in EMBEDDED or name == "rehearsal":
        return name
    return f"openai/{name}"


def _quality(painter: str) -> str:
    """What the paper's script sends: ``standard`` for DALL·E 3, nothing else by default."""
    return "standard" if painter in ("dalle3", "dall-e-3", "openai/dall-e-3") else ""
