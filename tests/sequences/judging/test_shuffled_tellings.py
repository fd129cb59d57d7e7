"""Order sensitivity compares a teller with itself: what can't stand for it is refused."""

from __future__ import annotations

import pytest
from told_sequences import looking, sequence, told_folder

from storypainter.errors import BadInput
from storypainter.runs.folder import RunFolder
from storypainter.sequences.judging.order import refuse_another_telling, shuffled, unsaid
from storypainter.sequences.judging.recorded import recorded
from storypainter.sequences.judging.told import read_told
from storypainter.sequences.telling.rewarded import KEY, SHA256

MODEL = "transformers/base"


def pair(path, one, two):
    """A folder told in true order and one told shuffled, with what their told.json says."""
    rows = [sequence()], [looking(shuffled(sequence(), 1))]
    folders = [
        told_folder(path / name, row, **{"model": MODEL, **facts})
        for name, row, facts in zip(("true", "mixed"), rows, (one, two), strict=True)
    ]
    return [read_told(folder) for folder in folders]


def hashed(path, digest):
    """What told.json keeps of an adapter."""
    return {"adapter": path, SHA256: digest, KEY: {"adapter": "", "rewarded": [], "unknown": ""}}


def adapter(path, weights):
    path.mkdir(parents=True)
    (path / "adapter_config.json").write_text("{}")
    (path / "adapter_model.safetensors").write_bytes(weights)
    return str(path)


@pytest.mark.parametrize(
    ("one", "two", "said"),
    [
        ({}, {"model": "openai/other"}, "told by openai/other, and .*true by transformers/base"),
        ({}, {"model": ""}, "told by no model"),
        ({}, {"adapter": "runs/rl/adapter"}, "with the adapter runs/rl/adapter"),
        ({"adapter": "a"}, {"adapter": "b"}, "with the adapter b"),
        ({"asked": {"form": "json"}}, {"asked": {"form": "numbered"}}, "in the form numbered"),
        ({"asked": {"look_first": True}}, {"asked": {"form": "auto"}}, "with --look-first, and"),
        ({}, {"shuffle_seed": None}, "mixed wasn't told with its pictures shuffled"),
        ({"shuffle_seed": 1}, {"shuffle_seed": 2}, "true itself was told with its .* shuffled"),
        ({"shuffle_seed": 1}, {"shuffle_seed": None}, "true itself was told"),
        (hashed("a", "1"), hashed("a", "2"), "another hash"),
    ],
)
def test_another_telling_is_refused_in_one_line(tmp_path, one, two, said):
    with pytest.raises(BadInput, match=said) as error:
        refuse_another_telling(*pair(tmp_path, one, two))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({}, {}),
        ({"shuffle_seed": None}, {"shuffle_seed": 0}),
        ({"asked": {"form": "json"}}, {}),  # a folder from before the form was recorded
        ({"model": "openai/GPT"}, {"model": "openai/gpt"}),
        (hashed("a", "1"), hashed("moved", "1")),
    ],
)
def test_the_same_teller_passes(tmp_path, one, two):
    told, other = pair(tmp_path, one, two)
    refuse_another_telling(told, other)
    assert unsaid(told, other) == ""


def test_adapters_of_other_places_are_the_same_by_their_files(tmp_path):
    here, copied = adapter(tmp_path / "rl/adapter", b"1"), adapter(tmp_path / "copy", b"1")
    refuse_another_telling(*pair(tmp_path, {"adapter": here}, {"adapter": copied}))
    # A training's folder stands for the adapter in it.
    training = {"adapter": str(tmp_path / "rl")}
    refuse_another_telling(*pair(tmp_path / "again", {"adapter": here}, training))
    changed = adapter(tmp_path / "changed", b"2")
    with pytest.raises(BadInput, match="changed"):
        refuse_another_telling(*pair(tmp_path / "more", {"adapter": here}, {"adapter": changed}))


def test_a_local_models_folder_may_be_spelt_in_two_ways(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small").mkdir()
    facts = {"model": "transformers/small"}, {"model": "transformers/./small"}
    refuse_another_telling(*pair(tmp_path / "told", *facts))


def test_where_nothing_is_recorded_a_note_says_so(tmp_path):
    told, other = pair(tmp_path, {}, {})
    (other.path / "told.json").unlink()
    other = read_told(other.path)
    refuse_another_telling(told, other)
    assert f"who told {other.path} isn't recorded" in unsaid(told, other)


def test_what_stands_beside_the_narratives_goes_before_the_runs_newest_question(tmp_path):
    asked = {"model": MODEL, "shuffle_seed": 7, "form": "json"}
    with RunFolder(tmp_path / "run") as run:
        run.begin(asked, {}, "tell")
    assert recorded(tmp_path / "run").shuffle_seed == 7
    (tmp_path / "run/told.json").write_text('{"shuffle_seed": null, "asked": {"form": "numbered"}}')
    found = recorded(tmp_path / "run")
    assert (found.shuffle_seed, found.says_order, found.form) == (None, True, "numbered")
    assert not recorded(tmp_path).known
