"""BLEU, METEOR and CIDEr: known answers, and absent where they can't be had."""

from __future__ import annotations

import math

import pytest

from storypainter.sequences.judging import overlap, wordnet
from storypainter.sequences.judging.overlap import bleu, cider, meteor, overlaps, words
from storypainter.sequences.judging.repetition import repetition

REFERENCES = {
    "a": "The girl climbs the tall tree in the park.",
    "b": "A dog sleeps on the warm sofa all day.",
}


def test_the_same_text_has_full_overlap():
    pytest.importorskip("sacrebleu")
    found = bleu(REFERENCES, REFERENCES)
    assert found.whole.value == pytest.approx(100)
    assert found.whole.judge.startswith("sacrebleu")
    assert "tok:13a" in found.whole.reason


def test_bleu_by_hand():
    pytest.importorskip("sacrebleu")
    # 5 tokens of 5 are there, 3 pairs of 4, 1 triple of 3, no quadruple (smoothed: half of 1 in 2)
    found = bleu({"a": "the cat sat down ."}, {"a": "the cat sat quietly down ."})
    precisions = (5 / 5, 3 / 4, 1 / 3, 0.5 / 2)
    brevity = math.exp(1 - 6 / 5)
    expected = 100 * brevity * math.prod(precisions) ** (1 / 4)
    assert found.whole.value == pytest.approx(expected)


def test_cider_is_ten_for_the_reference_and_nothing_for_other_words():
    pytest.importorskip("pycocoevalcap")
    found = cider({"a": REFERENCES["a"], "b": "Completely different words here."}, REFERENCES)
    assert found.values["a"] == pytest.approx(10)
    assert found.values["b"] == 0
    assert found.whole.value == pytest.approx(5)


def test_cider_of_one_narrative_is_absent():
    assert "two references" in cider({"a": "x"}, {"a": "x"}).whole.absent


def test_without_references_all_are_absent():
    for each in overlaps({"a": "A text."}, {}).values():
        assert "--set" in each.whole.absent


def test_the_references_themselves_are_not_scored():
    for each in overlaps(REFERENCES, REFERENCES).values():
        assert "themselves" in each.whole.absent


def test_a_missing_library_says_how_to_get_it(monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(overlap, "import_module", missing)
    for found in (bleu(REFERENCES, REFERENCES), meteor(REFERENCES, REFERENCES)):
        assert "storypainter[overlap]" in found.whole.absent
        assert found.whole.value is None


def test_words_are_lower_case_without_marks():
    assert words("Tom's cat, purring.") == ["tom", "'s", "cat", "purring"]


# ---------------------------------------------------------------------------- METEOR


def write_wordnet(folder):
    """A WordNet of two synsets: {girl, lass} and {climb, scale}."""
    folder.mkdir()
    for part in ("noun", "verb", "adj", "adv"):
        (folder / f"index.{part}").write_text("  1 licence\n")
        (folder / f"data.{part}").write_text("  1 licence\n")

    def put(part, kind, names):
        head = "  1 licence\n"
        line = f"{len(head):08d} 18 {kind} {len(names):02x} " + " ".join(f"{n} 0" for n in names)
        (folder / f"data.{part}").write_text(f"{head}{line} 000 | a gloss\n")
        index = head + "".join(f"{n} {kind} 1 0 1 0 {len(head):08d}  \n" for n in sorted(names))
        (folder / f"index.{part}").write_text(index)

    put("noun", "n", ["girl", "lass"])
    put("verb", "v", ["climb", "scale"])
    (folder / "noun.exc").write_text("lassies lass\n")
    return folder


def test_synonyms_and_base_forms_are_found(tmp_path):
    found = wordnet.WordNet(write_wordnet(tmp_path / "wn"))
    assert [lemma.name() for synset in found.synsets("girls") for lemma in synset.lemmas()] == [
        "girl", "lass",
    ]  # fmt: skip
    assert found.synsets("lassies")[0].words == ("girl", "lass")
    assert found.synsets("climbing")[0].words == ("climb", "scale")
    assert found.synsets("dog") == []


def test_meteor_by_hand(tmp_path, monkeypatch):
    pytest.importorskip("nltk")
    monkeypatch.setenv(wordnet.VARIABLE, str(write_wordnet(tmp_path / "wn")))
    # "the lass scales trees": the (exact), lass (synonym), scales (synonym), trees (stem): one chunk
    found = meteor({"a": "the lass scales trees"}, {"a": "the girl climbs tree"})
    chunks, matches = 1, 4
    assert found.whole.value == pytest.approx(1 - 0.5 * (chunks / matches) ** 3)
    # without the two synonyms: 2 of 4 matched, in two chunks
    (tmp_path / "none").mkdir()
    for part in wordnet.FILES:
        (tmp_path / "none" / part).write_text("  1 licence\n")
    monkeypatch.setenv(wordnet.VARIABLE, str(tmp_path / "none"))
    found = meteor({"a": "the lass scales trees"}, {"a": "the girl climbs tree"})
    assert found.whole.value == pytest.approx(0.5 * (1 - 0.5 * (2 / 2) ** 3))


def test_meteor_without_wordnet_is_absent(tmp_path, monkeypatch):
    pytest.importorskip("nltk")
    monkeypatch.setattr(overlap, "wordnet_folder", lambda: None)
    found = meteor({"a": "x"}, {"a": "x"})
    assert "wordnet-base" in found.whole.absent


def test_a_damaged_wordnet_is_said(tmp_path, monkeypatch):
    pytest.importorskip("nltk")
    folder = write_wordnet(tmp_path / "wn")
    (folder / "index.noun").write_text("girl n one two\n")
    monkeypatch.setenv(wordnet.VARIABLE, str(folder))
    assert "can't be read" in meteor({"a": "girl"}, {"a": "lass"}).whole.absent


# ------------------------------------------------------------------------- repetition


def test_a_loop_is_repetition():
    looped, again = repetition("the cat sat on the mat. " * 5)
    # the first place of the phrase counts as told, the other four as repeated
    assert looped.value == pytest.approx(24 / 30)
    # 27 four-word sequences, of which 6 are different
    assert again.value == pytest.approx(21 / 27)


def test_a_plain_text_repeats_nothing():
    looped, again = repetition("A girl climbs a tree. The dog waits below and barks at a bird.")
    assert (looped.value, again.value) == (0.0, 0.0)


def test_nothing_told_has_no_repetition():
    assert {score.absent for score in repetition("  ")} == {"nothing was told"}


def test_three_words_have_no_four_word_sequence():
    looped, again = repetition("A girl climbs.")
    assert looped.value == 0.0
    assert again.value is None
