"""What chat models say before and after a story: preambles, offers, word counts, refusals."""

from __future__ import annotations

import re

from storypainter.storytellers.cuts import Cut, quoted

_ACK = (
    r"(?:sure(?: thing)?|certainly|of course|absolutely|okay|ok|alright|all right|great|gladly|"
    r"no problem|happy to help|understood|got it|definitely|with pleasure|yes|thank you|thanks|"
    r"¡?claro(?: que sí)?|¡?por supuesto|bien sûr|natürlich|gerne|certo|certamente|com certeza|"
    r"当然(?:可以)?|好的|もちろん|はい|конечно)"
)
_LEAD = (
    r"(?:here(?:['’]s| is| are| you go| you are| comes)|below is|the following is|"
    r"i(?:['’]ve| have) (?:written|created|imagined|crafted|come up|designed|composed|prepared)|"
    r"i(?:['’]ll| will)|let me|let['’]s|presenting|based on your|as (?:requested|you asked)|"
    r"voici|hier ist|aquí (?:tienes|está|va)|aqui está|ecco|вот|这是|以下是|下面是|以下は|こちら)"
)
_META = (
    r"(?:story|stories|storytelling|image|scene|description|depiction|picture|illustration|"
    r"narrative|moment|response|reply|version|draft|histoire|geschichte|bild|historia|imagen|"
    r"storia|história|故事|图|描述|物語|история)"
)
_ONLY_ACK = re.compile(rf"{_ACK}[\s!.,:…！。，]*", re.IGNORECASE)
_HERE_IT_IS = re.compile(
    rf"(?:{_ACK}[\s!.,！。，—–-]+)?here(?: you (?:go|are)| it is|['’]s (?:one|mine|my (?:take|attempt|try)|"
    r"what i came up with))\s?[:!.]",
    re.IGNORECASE,
)
_LED_IN = re.compile(
    rf"(?P<ack>{_ACK}[\s!.,！。，—–-]+)?(?P<lead>{_LEAD}\b)?[^\n]*?{_META}[^\n]*(?P<end>[:：.!。！])",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\b(?:I|you|your|my|me|we)\b|['’](?:ve|ll)\b", re.IGNORECASE)
_NEXT = r"\s*(?=[\"“«„「*\[#]|[^\W\d_a-z])"
_TAIL = (
    r"(?: for you| as requested| you (?:requested|asked for)| description| idea|"
    r" (?:that (?:meets|fits|follows)|based on)[^:\n]{0,80})*"
)
_INLINE_AFTER_ACK = re.compile(
    rf"(?i:{_ACK}[!.,！。，]?\s*{_LEAD}[^.!?\n:：]{{0,160}}?{_META}[^.!?\n:：]{{0,120}}[:：]){_NEXT}"
)
_INLINE = re.compile(
    rf"(?i:(?:here(?:['’]s| is)|below is|voici|hier ist|aquí tienes|以下是|这是)"
    rf"[^.!?\n:：]{{0,60}}?{_META}{_TAIL}[:：]){_NEXT}"
)
_INLINE_ACK = re.compile(r"(?:Sure|Certainly|Of course|Absolutely)!\s+(?=[\"“A-Z])")


def preamble(text: str) -> Cut | None:
    """``Sure, here is a story:`` and its relatives, on the first line or in front of the story.

    A story may well begin with "Sure": only an acknowledgement on a line of its own, or one that
    announces the story, counts.
    """
    first, _, rest = text.partition("\n")
    if len(first) <= 400 and _announces(first.strip(" *_#\t")):
        return Cut(rest, f"dropped the preamble {quoted(first)}")
    for pattern in (_INLINE_AFTER_ACK, _INLINE, _INLINE_ACK):
        found = pattern.match(text)
        if found:
            return Cut(text[found.end() :], f"dropped the preamble {quoted(found[0])}")
    return None


def _announces(line: str) -> bool:
    if _ONLY_ACK.fullmatch(line) or _HERE_IT_IS.fullmatch(line):
        return True
    found = _LED_IN.fullmatch(line)
    if not found:
        return False
    if found["lead"]:
        return found["end"] in ":：" or bool(found["ack"] or _ADDRESSED.search(line))
    return bool(found["ack"]) and found["end"] in ":："


_OFFER = (
    r"(?:(?:please )?let me know\b|feel free to\b|i hope (?:this|you|that|it)\b|would you like\b|"
    r"do you want me\b|shall i\b|should i\b|i can also\b|is there anything\b|"
    r"(?:please )?don['’]t hesitate\b|hope (?:this|that) helps\b|"
    r"if you(?:['’]d| would)? (?:like|want|need|prefer)\b[^.\n]{0,120}"
    r"(?:\bi can\b|\bi could\b|let me\b|\bjust\b|feel free\b)|"
    r"what (?:kind|sort|type|theme)[^?\n]{0,80}would you like\b)"
)
_OFFER_PARAGRAPH = re.compile(rf"[*_(\[]*{_OFFER}", re.IGNORECASE)
_OFFER_SENTENCE = re.compile(rf"(?<=[.!?”\"’*)])\s+(?={_OFFER})", re.IGNORECASE)
_REMARK_PARAGRAPH = re.compile(
    r"[*_(\[]*(?:note|p\.?s\.?|disclaimer|author['’]s note)[*_]*\s*:", re.IGNORECASE
)
_WORD_COUNT = re.compile(
    r"(?:[(\[*_]{1,4}\s*(?:(?:total )?word count\s*:?\s*)?[~≈]?(?:about |approximately )?\d+"
    r"(?: words?)?\s*[)\]*_]{1,4}|(?:^|(?<=\n))(?:total )?word count\s*:?\s*[~≈]?\d+(?: words?)?)\.?\s*\Z",
    re.IGNORECASE,
)
_EXPLANATION = re.compile(
    r"^[#*_ \t]*(?:explanation|analysis|interpretation|reasoning|notes?|key (?:elements|details|"
    r"points)|visual (?:clues|elements)|why (?:this|it) works|what (?:this|the) (?:image|picture|"
    r"story) (?:shows|tells))[*_ \t]*:?[*_ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)


def afterword(text: str) -> Cut | None:
    """An offer to change something, a word count or a remark behind the story."""
    count = _WORD_COUNT.search(text) if "word" in text.casefold() else None
    if count and re.search("word", count[0], re.IGNORECASE):
        return Cut(text[: count.start()], f"dropped the word count {quoted(count[0])}")
    paragraphs = re.split(r"(\n\s*\n)", text)
    last = paragraphs[-1]
    before = "".join(paragraphs[:-1])
    if len(last) <= 500 and _OFFER_PARAGRAPH.match(last):
        return Cut(before, f"dropped the offer {quoted(last)}")
    if before and len(last) <= 600 and _REMARK_PARAGRAPH.match(last):
        return Cut(before, f"dropped the remark {quoted(last)}")
    for found in _OFFER_SENTENCE.finditer(last):
        tail = last[found.end() :]
        if len(tail) <= 300 and _is_outside_quotes(last[: found.start()]):
            return Cut(before + last[: found.start()], f"dropped the offer {quoted(tail)}")
    return None


def explanation(text: str) -> Cut | None:
    """A headed section behind the story that explains it."""
    found = _EXPLANATION.search(text) if "\n" in text else None
    if not found or len(text[: found.start()].split()) < 25:
        return None
    dropped = text[found.start() :]
    return Cut(text[: found.start()], f"dropped the section {quoted(dropped)}")


def _is_outside_quotes(head: str) -> bool:
    return head.count('"') % 2 == 0 and head.count("“") == head.count("”")


_REFUSING = (
    r"(?:can(?:['’]t|not| not)|could(?:n['’]t| not)|won['’]t|will not|(?:am|['’]m) (?:unable|not able|"
    r"not comfortable)|must (?:decline|refuse)|have to (?:decline|refuse))"
)
_TASK = (
    r"(?:help|assist|creat|writ|provid|generat|fulfil|comply|do that|continu|describ|produc|engag|"
    r"complet|process|support|participat|depict|imagin|with (?:this|that|your)|this request|proceed)"
)
_REFUSAL = re.compile(
    rf"\W{{0,8}}(?:(?:i['’]m|i am|we['’]re) (?:very |so |really )?sorry\b[^.\n]{{0,60}}?|sorry[,.;]?[^.\n]{{0,20}}?|"
    rf"i apologi[sz]e\b[^.\n]{{0,60}}?|unfortunately,?[^.\n]{{0,20}}?|"
    rf"as an? (?:ai|artificial|large language)\b[^.\n]{{0,60}}?)?[\s,.;:—-]{{0,6}}(?:but )?"
    rf"(?:i|we)\s?{_REFUSING}\b[^.\n]{{0,80}}?{_TASK}",
    re.IGNORECASE,
)
_REFUSAL_ELSEWHERE = re.compile(
    r"\W{0,8}(?:es tut mir leid, (?:aber )?(?:ich kann|das kann ich)|lo siento, (?:pero )?no puedo|"
    r"(?:je suis )?désolée?, (?:mais )?je ne peux|mi dispiace, (?:ma )?non posso|"
    r"desculpe, (?:mas )?(?:eu )?não posso|(?:对不起|抱歉|很抱歉)[，,].{0,6}(?:无法|不能)|"
    r"申し訳(?:ありません|ございません)が|извините, (?:но )?я не могу)",
    re.IGNORECASE,
)


def refuses(text: str) -> bool:
    """Whether the text begins by saying that it will not do what was asked."""
    return bool(_REFUSAL.match(text) or _REFUSAL_ELSEWHERE.match(text))


def refusal_before_story(text: str) -> Cut | None:
    """A refusal of one point, followed by a story all the same.

    The story must be announced or long, so that the reasons for a refusal are not taken for one.
    """
    first, separator, rest = text.partition("\n\n")
    if not separator or not refuses(first):
        return None
    announced = preamble(rest.strip()) is not None or first.rstrip().endswith(":")
    if not announced or len(rest.split()) < 25:
        return None
    return Cut(rest, f"dropped the apology {quoted(first)}")
