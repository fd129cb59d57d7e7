"""Overlap with a reference narrative: BLEU, METEOR and CIDEr, each by its library.

The paper calls them what they are, surface similarity (section 3.1): of two good stories over the
same pictures they say little. They are here since the field reports them. Every value stands with
the library and its version; what can't be had is absent with the reason.
"""

from __future__ import annotations

import importlib.metadata
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module

from storypainter.evaluators.tagging import sentences
from storypainter.score import Score
from storypainter.sequences.judging.wordnet import HINT, read_wordnet, wordnet_folder

VERSION = "1"
METRICS = ("bleu", "meteor", "cider")
_RESAMPLES = 1000
_EXTRA = "pip install 'storypainter[overlap]'"
#: CIDEr's document frequencies are those of the references: of one, they are nothing.
FEWEST_FOR_CIDER = 2


@dataclass(frozen=True, slots=True)
class Overlap:
    """One metric over a set: its Score for the whole, and each narrative's value by id.

    ``values`` of BLEU are those of narratives by themselves, whose mean isn't the corpus BLEU.
    """

    whole: Score
    values: Mapping[str, float] = field(default_factory=dict)


def overlaps(told: Mapping[str, str], references: Mapping[str, str]) -> dict[str, Overlap]:
    """BLEU, METEOR and CIDEr of narratives beside one reference each.

    Args:
        told: narratives by id.
        references: their references by id; ids without a reference are left out.
    """
    shared = [key for key in told if references.get(key, "").strip() and told[key].strip()]
    if not shared:
        why = "no narrative has a reference: give the set with --set, and the --part that was told"
        return {name: _absent(name, why) for name in METRICS}
    if all(told[key] == references[key] for key in shared):
        return {
            name: _absent(name, "the narratives are the references themselves") for name in METRICS
        }
    told = {key: told[key] for key in shared}
    references = {key: references[key] for key in shared}
    return {
        "bleu": bleu(told, references),
        "meteor": meteor(told, references),
        "cider": cider(told, references),
    }


def bleu(told: Mapping[str, str], references: Mapping[str, str]) -> Overlap:
    """Corpus BLEU-4, 0 to 100 (Papineni et al., ACL 2002), by sacrebleu, whose signature is named.

    Its interval is sacrebleu's bootstrap over narratives. Narratives by themselves are smoothed
    and of effective order.
    """
    try:
        BLEU = import_module("sacrebleu.metrics.bleu").BLEU  # noqa: N806
    except ImportError:
        return _absent("bleu", f"needs sacrebleu: {_EXTRA}")
    keys = list(told)
    metric = BLEU()
    streams = [references[key] for key in keys]
    found = metric.corpus_score([told[key] for key in keys], [streams], n_bootstrap=1)
    interval = None
    if len(keys) > 2:
        drawn = BLEU().corpus_score([told[k] for k in keys], [streams], n_bootstrap=_RESAMPLES)
        mean, half = float(drawn._mean), float(drawn._ci)
        if math.isfinite(half) and half > 0:
            interval = (max(0.0, mean - half), min(100.0, mean + half))
    one = BLEU(effective_order=True)
    values = {key: float(one.sentence_score(told[key], [references[key]]).score) for key in keys}
    return Overlap(
        Score(
            name="bleu", judge=f"sacrebleu {_version('sacrebleu')}", version=VERSION,
            value=float(found.score), n=len(keys), interval=interval,
            reason=f"corpus BLEU; {metric.get_signature()}",
        ),
        values,
    )  # fmt: skip


def meteor(told: Mapping[str, str], references: Mapping[str, str]) -> Overlap:
    """METEOR, 0 to 1 (Banerjee and Lavie, ACL workshop 2005), by nltk, with WordNet's synonyms."""
    try:
        single_meteor_score = import_module("nltk.translate.meteor_score").single_meteor_score
    except ImportError:
        return _absent("meteor", f"needs nltk: {_EXTRA}")
    folder = wordnet_folder()
    if folder is None:
        return _absent("meteor", f"its synonyms need WordNet, which isn't there: {HINT}")
    try:
        wordnet = read_wordnet(folder)
    except (OSError, ValueError, LookupError) as error:
        return _absent("meteor", f"WordNet in {folder} can't be read: {type(error).__name__}")
    values = {
        key: float(single_meteor_score(words(references[key]), words(told[key]), wordnet=wordnet))
        for key in told
    }
    return _mean(
        "meteor", f"nltk {_version('nltk')}, WordNet", values, "exact, stem and synonym matches"
    )


def cider(told: Mapping[str, str], references: Mapping[str, str]) -> Overlap:
    """CIDEr-D, 0 to 10 (Vedantam et al., CVPR 2015), by pycocoevalcap (no Java is needed for it).

    Document frequencies are those of the given references, so values of different sets can't be
    compared.
    """
    if len(told) < FEWEST_FOR_CIDER:
        return _absent("cider", "needs two references: its weights are how rare their words are")
    try:
        scorer = import_module("pycocoevalcap.cider.cider").Cider()
    except ImportError:
        return _absent("cider", f"needs pycocoevalcap: {_EXTRA}")
    keys = list(told)
    gold = {key: [" ".join(words(references[key]))] for key in keys}
    given = {key: [" ".join(words(told[key]))] for key in keys}
    _, scores = scorer.compute_score(gold, given)
    values = {key: float(value) for key, value in zip(keys, scores, strict=True)}
    return _mean("cider", f"pycocoevalcap {_version('pycocoevalcap')}", values, "CIDEr-D", most=10)


def words(text: str) -> list[str]:
    """The words of a text in lower case, without marks, as METEOR and CIDEr count them."""
    return [
        token.text.casefold()
        for sentence in sentences(text)
        for token in sentence.tokens
        if token.is_word
    ]


def _mean(name: str, judge: str, values: dict[str, float], told: str, most: float = 1.0) -> Overlap:
    from storypainter.intervals import bounded_t_interval

    numbers = list(values.values())
    score = Score(
        name=name, judge=judge, version=VERSION, value=math.fsum(numbers) / len(numbers),
        n=len(numbers), interval=bounded_t_interval(numbers, most=most), reason=told,
    )  # fmt: skip
    return Overlap(score, values)


def _absent(name: str, why: str) -> Overlap:
    return Overlap(Score(name=name, judge="library", version=VERSION, absent=why, n=0))


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "of unknown version"
