"""The language of --where and --rank: what it reads, what it refuses and where, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storypainter.errors import BadInput
from storypainter.selecting.tokens import MAX_DEPTH, MAX_LENGTH, BadExpression, Source
from storypainter.selecting.tree import (
    OPERATORS,
    TEXT_FIELDS,
    And,
    Compare,
    Name,
    Not,
    Or,
    Rank,
    Says,
    Yes,
    names_in,
    texts_in,
)
from storypainter.selecting.where import read_rank, read_where

A, B, C = (Yes(Name(letter)) for letter in "abc")


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a", A),
        ("not a", Not(A)),
        ("NOT a AND b", And((Not(A), B))),
        ("a or b and c", Or((A, And((B, C))))),
        ("(a or b) and c", And((Or((A, B)), C))),
        ("not (a and b)", Not(And((A, B)))),
        ("not not a", Not(Not(A))),
        ("a>=0.5", Compare(Name("a"), ">=", 0.5)),
        ("a == .5", Compare(Name("a"), "=", 0.5)),
        ("-2 < a", Compare(-2.0, "<", Name("a"))),
        ("a<1e-3", Compare(Name("a"), "<", 0.001)),
        ("a != b", Compare(Name("a"), "!=", Name("b"))),
        ("visual_clues.time > 2", Compare(Name("visual_clues.time"), ">", 2.0)),
        ("a@structure", Yes(Name("a", "structure"))),
        ('a@"openai/gpt 4" > 1', Compare(Name("a", "openai/gpt 4"), ">", 1.0)),
        ("a@openai/gpt-4.1-mini>1", Compare(Name("a", "openai/gpt-4.1-mini"), ">", 1.0)),
        ("a @ moment:offline", Yes(Name("a", "moment:offline"))),
        ("'an odd name' > 1", Compare(Name("an odd name"), ">", 1.0)),
        ("mode = planned", Says("mode", "=", "planned")),
        ("storyteller != 'openai/gpt-4o'", Says("storyteller", "!=", "openai/gpt-4o")),
        ("mode@judge > 1", Compare(Name("mode", "judge"), ">", 1.0)),
        ("'mode' > 1", Compare(Name("mode"), ">", 1.0)),
    ],
)
def test_what_is_read(text, tree):
    assert read_where(text) == tree
    assert read_where(str(tree)) == tree


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("", 0, "not the end"),
        ("a >=", 4, "not the end"),
        ("a and", 5, "not the end"),
        ("a and or b", 6, "not 'or'"),
        ("(a and b", 0, "a bracket is opened and not closed"),
        ("a)", 1, "a bracket is closed that nobody opened"),
        ("a b", 2, "'b' is not joined"),
        ("0.5", 0, "a number alone is neither true nor false"),
        ("1 < 2", 0, "two numbers, and no score"),
        ("0 < a < 1", 6, "a comparison has two sides"),
        ("mode", 0, "mode is text"),
        ("a and mode > 3", 11, "mode is text"),
        ("mode = 3", 7, "mode is text"),
        ("planned = mode", 10, "mode is text, and stands first"),
        ("a & b", 2, "'&' means nothing here"),
        ("a - b > 0", 2, "sums of scores belong to --rank"),
        ("a > 12b", 4, "a number runs into a word"),
        ("a > 1.2.3", 4, "a number runs into a word"),
        ("a > 1e999", 4, "a number that no computer holds"),
        ("a@", 1, "no judge behind @"),
        ("a@'' > 1", 1, "an empty judge"),
        ("'' > 1", 0, "an empty name"),
        ("a > 'b", 4, "a quote is opened and not closed"),
        ("__import__('os').system('x')", 16, "'.' means nothing here"),
        ("\ud800", 0, "bytes that are no text"),
    ],
)
def test_what_is_refused_and_where(text, at, message):
    with pytest.raises(BadExpression) as raised:
        read_where(text)
    assert raised.value.at == at
    said = str(raised.value)
    assert message in said
    assert said.startswith(f"--where, character {at + 1}: ")


def test_the_caret_stands_under_the_place_also_in_long_expressions():
    assert str(Source("--where", "a and $").wrong(6, "no")).splitlines()[1:] == [
        "  a and $",
        "        ^",
    ]
    text = "a and " * 100 + "$" + " and a" * 100
    line, caret = str(Source("--where", text).wrong(600, "no")).splitlines()[1:]
    assert line[caret.index("^")] == "$"
    assert len(line) < 80


def test_length_and_depth_are_limited():
    deep = "(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH
    assert read_where(deep) == A
    with pytest.raises(BadExpression, match="nested deeper than 50"):
        read_where(f"({deep})")
    with pytest.raises(BadExpression, match="nested deeper than 50"):
        read_where("not " * (MAX_DEPTH + 1) + "a")
    with pytest.raises(BadExpression, match="longer than 2000 characters"):
        read_where("a" * (MAX_LENGTH + 1))
    assert len(read_where("a and " * 300 + "a").parts) == 301


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a", ((1.0, Name("a")),)),
        ("-a + 0.5*b", ((-1.0, Name("a")), (0.5, Name("b")))),
        ("a*2 - 3 * b@x", ((2.0, Name("a")), (-3.0, Name("b", "x")))),
        ("a - -2*b", ((1.0, Name("a")), (2.0, Name("b")))),
        ("a@gpt-4o-b", ((1.0, Name("a", "gpt-4o-b")),)),
    ],
)
def test_sums(text, parts):
    assert read_rank(text) == Rank(parts)
    assert read_rank(str(Rank(parts))) == Rank(parts)


@pytest.mark.parametrize(
    ("text", "at"),
    [("", 0), ("a +", 3), ("0.5", 0), ("a*b", 2), ("2*3", 0), ("a > 1", 2), ("a and b", 2)],
)
def test_what_is_no_sum(text, at):
    with pytest.raises(BadExpression, match=r"^--rank, character") as raised:
        read_rank(text)
    assert raised.value.at == at


def test_names_and_texts_in_a_condition():
    tree = read_where("not (a > b or mode = x) and c and setting != y")
    assert [name.name for name in names_in(tree)] == ["a", "b", "c"]
    assert [said.field_ for said in texts_in(tree)] == ["mode", "setting"]
    assert names_in(tree)[1].at == 9


# ---------------------------------------------------------------------- properties

_TEXT = st.text(
    st.characters(exclude_categories=("Cs",), exclude_characters="\"'"), min_size=1, max_size=12
).filter(lambda text: text.strip() == text and text)
_NAMES = st.builds(Name, st.sampled_from(["a", "and", "mode", "b.time", "x_1"]) | _TEXT)
_SCORES = _NAMES | st.builds(
    Name, _TEXT, st.sampled_from(["offline", "openai/gpt-4o", "m:offline"]) | _TEXT
)
_NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
_SIDES = st.tuples(_SCORES, _SCORES | _NUMBERS) | st.tuples(_NUMBERS, _SCORES)
_ATOMS = (
    st.builds(Yes, _SCORES)
    | st.builds(
        lambda sides, sign: Compare(sides[0], sign, sides[1]), _SIDES, st.sampled_from(OPERATORS)
    )
    | st.builds(
        Says,
        st.sampled_from(TEXT_FIELDS),
        st.sampled_from(["=", "!="]),
        st.sampled_from(["planned", "not", ""]) | _TEXT,
    )
)
_TREES = st.recursive(
    _ATOMS,
    lambda part: (
        st.builds(Not, part)
        | st.builds(And, st.lists(part, min_size=2, max_size=4).map(tuple))
        | st.builds(Or, st.lists(part, min_size=2, max_size=4).map(tuple))
    ),
    max_leaves=12,
)


@given(_TREES)
def test_a_written_condition_reads_back_the_same(tree):
    text = str(tree)
    if len(text) <= MAX_LENGTH:
        assert read_where(text) == tree


@given(st.lists(st.tuples(_NUMBERS, _SCORES), min_size=1, max_size=5))
def test_a_written_sum_reads_back_the_same(parts):
    rank = Rank(tuple(parts))
    assert read_rank(str(rank)) == rank


_SNIPPETS = ["a", "mode", "and", "or", "not", "(", ")", ">=", "=", "<", "@", "'", '"', "-", "+"]
_SNIPPETS += ["*", "0.5", "1e9", ".", " ", "\n", "é", "x.y", "!", "&&"]


@given(st.text() | st.lists(st.sampled_from(_SNIPPETS), max_size=40).map("".join))
def test_any_text_is_read_or_refused_in_words(text):
    for read in (read_where, read_rank):
        try:
            tree = read(text)
        except BadInput as refused:
            first = str(refused).splitlines()[0]
            assert first.startswith(("--where, character", "--rank, character"))
        else:
            assert read(str(tree)) == tree
