from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from storypainter import ink
from storypainter.errors import BadInput
from storypainter.ink import scene_schema
from storypainter.ink.composition.check import check_scene
from storypainter.ink.words import FILE
from storypainter.scene import Scene

PERSON = {"id": "girl", "role": "girl"}


def _scene(**parts: object) -> Scene:
    return Scene.model_validate({"setting": {"kind": "park"}, **parts})


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"setting": {"kind": "parc"}}, 'setting.kind: no setting "parc"; did you mean "park"?'),
        (
            {"props": [{"id": "a", "kind": "ball"}, {"id": "k", "kind": "kyte"}]},
            'props[1].kind: no prop "kyte"; did you mean "kite"?',
        ),
        (
            {"props": [{"id": "u", "kind": "umbrella", "state": "opened"}]},
            'props[0].state: no umbrella state "opened"; did you mean "open"?',
        ),
        (
            {"props": [{"id": "b", "kind": "ball", "colour": "rad"}]},
            'props[0].colour: no colour "rad"',
        ),
        (
            {"people": [{**PERSON, "pose": "wawe"}]},
            'people[0].pose: no pose "wawe"; did you mean "wave"?',
        ),
        (
            {"people": [{**PERSON, "expression": "hapy"}]},
            'people[0].expression: no expression "hapy"; did you mean "happy"?',
        ),
        (
            {"people": [{**PERSON, "attire": [{"kind": "aprun"}]}]},
            'people[0].attire[0].kind: no garment "aprun"; did you mean "apron"?',
        ),
        (
            {"animals": [{"id": "d", "species": "dogg"}]},
            'animals[0].species: no animal "dogg"; did you mean "dog"?',
        ),
        (
            {"animals": [{"id": "d", "species": "dog", "pose": "fly"}]},
            'animals[0].pose: no dog pose "fly"',
        ),
        (
            {"signs": [{"id": "s", "kind": "bannor", "text": "A"}]},
            'signs[0].kind: no sign "bannor"; did you mean "banner"?',
        ),
        (
            {"signs": [{"id": "s", "kind": "clock", "text": "A"}]},
            "signs[0].time: clock needs a time",
        ),
        (
            {"props": [{"id": "b", "kind": "ball", "place": {"anchor": "fontain"}}]},
            'props[0].place.anchor: no anchor "fontain"; did you mean "fountain"?',
        ),
        (
            {
                "people": [{**PERSON, "holds": [{"what": "b"}]}],
                "props": [{"id": "b", "kind": "park bench"}],
            },
            "people[0].holds[0]: a park bench cannot be held",
        ),
        (
            {
                "people": [{**PERSON, "sits_on": "b"}],
                "props": [{"id": "b", "kind": "ball"}],
            },
            "people[0].sits_on: nothing can be on a ball",
        ),
    ],
)
def test_the_wrong_word_is_named_with_its_place_and_the_nearest_right_one(parts, message):
    with pytest.raises(BadInput) as caught:
        check_scene(_scene(**parts))
    assert message in caught.value.message
    assert "\n" not in str(caught.value)


def test_a_sign_in_an_unknown_script_is_refused_before_drawing():
    with pytest.raises(BadInput, match="no character"):
        check_scene(_scene(signs=[{"id": "s", "text": "ᚠᚢᚦ"}]))


def test_a_crowd_is_refused():
    people = [{"id": f"p{i}", "role": "guest"} for i in range(13)]
    with pytest.raises(BadInput, match="13 people"):
        check_scene(_scene(people=people))


def test_the_park_stories_use_only_words_of_the_vocabulary(park_scene):
    check_scene(park_scene)


def test_the_vocabulary_file_is_in_step_with_the_code():
    assert json.loads(FILE.read_text(encoding="utf-8")) == ink.vocabulary()


def test_drift_fails_the_check(tmp_path):
    command = [sys.executable, "-W", "error", "-m", "storypainter.ink.vocabulary", "--check"]
    assert subprocess.run(command, check=False).returncode == 0


def test_drift_is_told(monkeypatch, tmp_path, capsys):
    import runpy

    from storypainter.ink import words

    stale = tmp_path / "vocabulary.json"
    stale.write_text("{}\n", encoding="utf-8")
    monkeypatch.setattr(words, "FILE", stale)
    monkeypatch.setattr(sys, "argv", ["vocabulary", "--check"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("storypainter.ink.vocabulary", run_name="__main__", alter_sys=False)
    assert ended.value.code == 1
    assert "--write" in capsys.readouterr().err


def test_the_vocabulary_lists_anchors_states_grips_and_poses():
    words = ink.vocabulary()
    assert {"bench", "pond edge", "gate", "lamp post"} <= set(words["settings"]["park"]["anchors"])
    assert words["props"]["umbrella"]["states"] == ["open", "closed", "inside out"]
    assert words["props"]["newspaper"]["grips"]
    assert "run" in words["animals"]["dog"]["poses"]
    assert "wave" in words["figures"]["poses"]


def test_the_schema_takes_every_example_and_no_wrong_word():
    schema = scene_schema.scene_schema()
    assert json.loads(scene_schema.FILE.read_text(encoding="utf-8")) == schema
    validator = Draft202012Validator(schema)
    Draft202012Validator.check_schema(schema)
    for file in sorted((Path(__file__).parent / "scenes").glob("*.json")):
        validator.validate(json.loads(file.read_text(encoding="utf-8")))
    wrong = {
        "setting": {"kind": "park"},
        "props": [{"id": "a", "kind": "kyte"}],
        "people": [{"id": "b", "role": "girl", "pose": "flie"}],
    }
    assert {error.instance for error in validator.iter_errors(wrong)} == {"kyte", "flie"}
