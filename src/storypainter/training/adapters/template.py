"""A chat template that says the same on the base's GGUF file as it did in training."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

#: Tokenizers that have no special tokens but those that their files name; others have defaults.
_WITHOUT_DEFAULTS = ("TokenizersBackend", "PreTrainedTokenizerFast")


def self_contained(template: str, base: Path) -> str:
    """The template with the tokens of the tokenizer that it was trained with written into it.

    A GGUF file names a first token even where the tokenizer has none, as for Qwen2, and a
    template that asks for it would begin prompts with a token that training never saw.

    Args:
        template: Jinja, as transformers reads it.
        base: the base's config.json, with tokenizer_config.json beside it. Of a GGUF file, which
            gives training and llama.cpp the same tokens, the template stays as it is.
    """
    try:
        facts = json.loads((base.parent / "tokenizer_config.json").read_bytes())
    except (OSError, ValueError):
        return template
    if base.suffix == ".gguf" or not isinstance(facts, dict):
        return template
    return "".join(_set(name, facts) for name in ("bos_token", "eos_token") if name in template) + (
        template
    )


def _set(name: str, facts: dict[str, Any]) -> str:
    if name not in facts and facts.get("tokenizer_class") not in _WITHOUT_DEFAULTS:
        return ""
    token = facts.get(name)
    token = token.get("content") if isinstance(token, dict) else token
    quoted = json.dumps(token if isinstance(token, str) else "", ensure_ascii=False)
    return f"{{% set {name} = {quoted} %}}"
