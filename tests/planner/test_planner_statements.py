"""Rules are parsed once: solvers that take them parsed answer as those that read them."""

from __future__ import annotations

import subprocess
import sys

import clingo

from storypainter.planner.solving import LIMIT_NAMES, Limits, rules
from storypainter.planner.statements import add, parsed

PROGRAM = "{ a(1..9) }. :- #count { X : a(X) } != 4. b(X) :- a(X), not a(X+1). #show b/1."


def answers(solver: clingo.Control) -> list[str]:
    solver.ground([("base", [])])
    with solver.solve(yield_=True) as handle:
        return [str(model) for model in handle]


def test_parsed_statements_serve_several_solvers_and_answer_as_text() -> None:
    statements = parsed(PROGRAM)
    for seed in range(3):
        options = ["--rand-freq=1", f"--seed={seed}", "--models=5"]
        read = clingo.Control(options)
        read.add("base", [], PROGRAM)
        expected = answers(read)
        given = clingo.Control(options)
        add(given, statements)
        assert answers(given) == expected


def test_the_limits_stand_in_the_rules_as_numbers() -> None:
    text = "\n".join(map(str, rules(Limits(words=(81, 93)), counting=True, show=True)))
    assert "81" in text
    assert "93" in text
    assert not [name for name in LIMIT_NAMES if name in text]


def test_a_process_that_planned_ends_without_a_word() -> None:
    code = "from storypainter.planner import plan; plan(0, 0)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (ended.returncode, ended.stderr) == (0, "")
