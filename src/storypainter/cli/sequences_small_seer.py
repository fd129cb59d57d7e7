"""``storypainter sequences small-seer``: draw, encode, build, blank."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
_OUT = click.Path(path_type=Path)


@click.group("small-seer")
def command() -> None:
    """Build a small vision-language model here, from drawn pictures and a small language model.

    In this order: draw (labelled pictures), encode (the vision encoder), build (the model's
    folder). Then train it as any other: storypainter sequences train sft, then rl.
    """


@command.command("draw")
@click.option("--out", required=True, type=_OUT, help="the folder of pictures")
@click.option(
    "-n", "--items", type=click.IntRange(min=0), default=0,
    help="how many plots (3 to 6 pictures each) or plans; of a set at most so many pictures",
)  # fmt: skip
@click.option(
    "--source", type=click.Choice(["plots", "plans"]), default="plots", show_default=True,
    help="the planner's stories in pictures, or its single Scenes",
)  # fmt: skip
@click.option("--set", "sequences", type=_FOLDER, help="read a set of sequences instead of drawing")
@click.option(
    "--seed", type=int, default=0, show_default=True,
    help="of the plots or plans; another one than that of the sequences that are told",
)  # fmt: skip
@click.option("--size", type=int, default=196, show_default=True, help="pixels, both ways")
@click.option("--grid", type=int, default=28, show_default=True, help="cells across, each labelled")
@click.option("--workers", type=click.IntRange(min=0), default=0, help="processes (0: one a core)")
@click.option("--quiet", is_flag=True, help="print the last line only")
def draw(out: Path, sequences: Path | None, quiet: bool, **wishes: Any) -> None:
    """Make small labelled pictures; the same command again goes on after a stop.

    Of the planner's plots (-n 2500), or of a set's training and validation parts (--set SET); a
    set whose pictures have no Regions teaches what pictures show, not where.
    """
    from storypainter.sequences.small_seer.shelf import fill

    begun = time.perf_counter()
    made = fill(out, sequences=sequences, say=_say(quiet), **wishes)
    click.echo(
        f"{made['kept']} pictures ({made['held_out']} held out, "
        f"{sum(made['left_out'].values())} left out) in {out}, "
        f"{time.perf_counter() - begun:.0f} s"
    )


@command.command("encode")
@click.argument("pictures", nargs=-1, required=True, type=_FOLDER)
@click.option("--out", required=True, type=_OUT, help="the encoder's folder")
@click.option(
    "--architecture",
    type=click.Choice(["focal", "swin", "siglip"]),
    default="focal",
    show_default=True,
)
@click.option("--tokens", type=int, default=7, show_default=True, help="across a picture")
@click.option("--width", type=int, default=256, show_default=True, help="features of a token")
@click.option("--layers", default="", help="2,2,6 for focal and swin, 8 for siglip")
@click.option("--epochs", type=int, default=8, show_default=True)
@click.option("--batch", type=int, default=32, show_default=True)
@click.option("--learning-rate", type=float, default=1e-3, show_default=True)
@click.option(
    "--precision", type=click.Choice(["fp32", "bf16"]), default="fp32", show_default=True,
    help="bf16: twice as fast on processors whose lscpu names avx512_bf16",
)  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--threads", type=click.IntRange(min=0), default=0, help="of torch (0: its own)")
@click.option("--quiet", is_flag=True, help="print the last line only")
def encode(
    pictures: tuple[Path, ...],
    out: Path,
    architecture: str,
    tokens: int,
    width: int,
    layers: str,
    quiet: bool,
    **learning: Any,
) -> None:
    """Train a vision encoder on labelled PICTURES; the same command goes on after a stop.

    What it can tell apart is measured on the pictures that were held out: report.json.
    """
    from pydantic import ValidationError

    from storypainter.errors import BadInput
    from storypainter.sequences.small_seer.encoder import EncoderSettings
    from storypainter.sequences.small_seer.learning import LearningSettings, teach
    from storypainter.sequences.small_seer.shelf import read_shelf
    from storypainter.value import first_problem

    shelf = read_shelf(*pictures)
    depth = layers or ("8" if architecture == "siglip" else "2,2,6")
    try:
        shape = EncoderSettings.model_validate(
            {
                "architecture": architecture,
                "size": int(shelf.pixels.shape[1]),
                "tokens": tokens,
                "width": width,
                "layers": [each.strip() for each in depth.split(",")],
            }
        )
        settings = LearningSettings(**learning)
    except ValidationError as error:
        where, what = first_problem(error).split(": ", 1)
        flag = "--" + where.split(".")[0].split("[")[0].replace("_", "-")
        raise BadInput(f"{flag}: {what[:1].lower()}{what[1:]}", "correct it") from None
    report = teach(shelf, out, shape, settings, _say(quiet))
    click.echo(f"{report['parameters']:,} weights, {report['pictures']} pictures, "
               f"{report['seconds']:.0f} s, {report['held_out']} held out:")  # fmt: skip
    for name, row in report["attributes"].items():
        click.echo(
            f"  {name}: macro-F1 {row['macro_f1']:.3f} {row['interval']} "
            f"(blind {row['blind_macro_f1']:.3f}), right {row['accuracy']:.3f} "
            f"(most frequent {row['most_frequent']:.3f}), {row['classes']} classes, "
            f"n = {row['cases']}"
        )


@command.command("build")
@click.option("--encoder", required=True, type=_FOLDER, help="a folder that encode has finished")
@click.option(
    "--base", default="llama/smollm2-135m", show_default=True, metavar="MODEL",
    help="the language model: a known name, a .gguf file, a folder of safetensors, or a hub id",
)  # fmt: skip
@click.option(
    "--pictures", multiple=True, type=_FOLDER,
    help="align the connector to word vectors with these (may be given again)",
)  # fmt: skip
@click.option("--out", required=True, type=_OUT, help="the model's folder")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--quiet", is_flag=True, help="print the last line only")
def build(
    encoder: Path, base: str, pictures: tuple[Path, ...], out: Path, seed: int, quiet: bool
) -> None:
    """Put encoder, connector and language model into one folder that transformers loads."""
    from storypainter.sequences.small_seer.building import build as make
    from storypainter.sequences.small_seer.shelf import read_shelf

    shelf = read_shelf(*pictures) if pictures else None
    made = make(encoder, base, out, shelf=shelf, seed=seed, say=_say(quiet))
    count = sum(made["parameters"].values())
    click.echo(f"{count:,} weights, {made['tokens_a_picture']} tokens a picture: {out}")


@command.command("blank")
@click.argument("tasks", type=_FOLDER)
@click.option("--out", required=True, type=_OUT, help="the folder of the twin's tasks")
def blank(tasks: Path, out: Path) -> None:
    """Copy TASKS with every picture blank: what a text-only twin is trained on."""
    from storypainter.sequences.small_seer.blanking import blank_tasks

    made = blank_tasks(tasks, out)
    click.echo(f"{sum(made['rows'].values())} rows with blank pictures in {out}")


def _say(quiet: bool) -> Callable[[str], None]:
    def say(line: str) -> None:
        if not quiet:
            click.echo(line, err=True)

    return say
