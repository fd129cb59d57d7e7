"""What all model cards have in common."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from storypainter.training.tuning.bases import Base
from storypainter.training.tuning.card_parts import page


def base(label: str, licence: str) -> Base:
    return Base(label, {"revision": "1"}, Path(label), None, "own", licence)


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("Apache-2.0", {"license": "apache-2.0"}),
        (
            'Terms of "Use": see example.org',
            {"license": "other", "license_name": 'Terms of "Use": see example.org'},
        ),
        ("", {}),
    ],
)
def test_the_front_matter_says_the_licence_as_the_hub_takes_it(licence, said):
    card = page(base("owner/model", licence), ("lora",), "A title", ["Opening."], {})
    _, front, text = card.split("---\n")
    assert yaml.safe_load(front) == {
        "library_name": "peft",
        "tags": ["lora"],
        "base_model": "owner/model",
        **said,
    }
    assert text == "\n# A title\n\nOpening.\n"


def test_a_base_from_a_folder_is_no_name_on_the_hub():
    card = page(base("mine", ""), ("lora",), "T", [], {"Data": ["- a"], "Empty": []})
    assert "base_model" not in card
    assert card.endswith("## Data\n\n- a\n")
    assert "Empty" not in card
