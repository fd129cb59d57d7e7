"""Which names mean the same model."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.models.catalog import connect_writer
from storypainter.models.contract import ModelOptions
from storypainter.models.rehearsal import Rehearsal
from storypainter.sequences.judging.same_model import is_judge, plain_model
from storypainter.sequences.telling.trainings import Rewarded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("openai/judge1", "judge1"),
        ("openrouter/openai/gpt-4.1", "gpt-4.1"),
        ("gpt-4.1-2025-04-14", "GPT-4.1"),
        ("gpt-4-0613", "gpt-4"),
        ("openai/chatgpt-4o-latest", "chatgpt-4o"),
        ("anthropic/claude-3.5-sonnet", "claude-3-5-sonnet-20241022"),
        ("claude-3-opus@20240229", "anthropic/claude-3-opus"),
        ("mistral-large-2411", "mistralai/Mistral-Large"),
        ("models/gemini-2.0-flash-001", "google/gemini-2.0-flash"),
        ("meta-llama/Llama-3.3-70B-Instruct", "meta-llama/llama-3.3-70b-instruct:free"),
        ("Qwen/Qwen2.5-7B-Instruct-AWQ", "bartowski/Qwen2.5-7B-Instruct-GGUF"),
        ("Qwen2.5-7B-Instruct-Q4_K_M.gguf", "Qwen/Qwen2.5-7B-Instruct@main"),
        ("llama3:8b", "library/llama3-8b"),
        ("mistral:latest", "mistral"),
    ],
)
def test_these_are_one_model(one, other):
    assert plain_model(one) == plain_model(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("gpt-4.1", "gpt-4o"),
        ("gpt-4.1", "gpt-4.1-mini"),
        ("llama3:8b", "llama3:70b"),
        ("Qwen2.5-7B-Instruct", "Qwen2.5-7B"),
        ("claude-3-5-sonnet", "claude-3-7-sonnet"),
        ("gemini-2.5-pro-preview", "gemini-2.5-pro"),
        ("judge-1", "judge-2"),
    ],
)
def test_these_are_two(one, other):
    assert plain_model(one) != plain_model(other)


@pytest.mark.parametrize("name", ["2025-04-14", "latest", "q4_k_m", "-2411", "gguf/"])
def test_a_name_that_is_all_tail_stays_one(name):
    assert plain_model(name)


@given(st.text(max_size=40))
def test_the_normal_form_is_its_own(name):
    assert plain_model(plain_model(name)) == plain_model(name)


def judge(address: str):
    return connect_writer(address, ModelOptions(api_key="k"))


@pytest.mark.parametrize(
    ("address", "rewarded"),
    [
        ("openai/openai/judge1", Rewarded(Path("rl"), "openai/judge1", "judge1")),
        ("openai/judge1", Rewarded(Path("rl"), "openai/openai/judge1", "openai/judge1")),
        # all that old records of earlier trainings say is an address
        ("openai/judge1", Rewarded(Path("rl"), "openai/vendor/judge1")),
        ("openai/openrouter/openai/gpt-4.1", Rewarded(Path("rl"), "gpt-4.1")),
        # of a provider that isn't installed here
        ("openai/judge1", Rewarded(Path("rl"), "elsewhere/judge1")),
    ],
)
def test_the_same_model_behind_another_address_is_known(address, rewarded):
    assert is_judge(judge(address), rewarded)


def test_a_reward_that_is_no_model_is_nobodys_name():
    assert not is_judge(judge("openai/grounded"), Rewarded(Path("rl"), "grounded"))
    assert not is_judge(Rehearsal(), Rewarded(Path("rl"), "grounded"))


def test_a_local_model_is_known_by_its_weights():
    local = Rehearsal("here")
    local.identity = {"provider": "transformers", "model": "here", "sha256": "ab" * 32}
    away = Rewarded(Path("rl"), "transformers/runs/there", "there", "ab" * 32)
    assert is_judge(local, away)
    assert not is_judge(local, Rewarded(Path("rl"), away.address, "there", "cd" * 32))
