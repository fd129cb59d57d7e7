"""Reading a report back as a browser would: elements, attributes, texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "img", "input"}


@dataclass
class Seen:
    """All elements as (tag, attributes), the text of the body, and what was left open."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    declarations: list[str] = field(default_factory=list)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def of_class(self, word: str) -> list[dict[str, str | None]]:
        return [a for _, a in self.elements if word in (a.get("class") or "").split()]

    @property
    def text(self) -> str:
        return "".join(self.texts)

    @property
    def policy(self) -> str:
        (found,) = [a for a in self.all("meta") if "http-equiv" in a]
        assert found["http-equiv"] == "Content-Security-Policy"
        return str(found["content"])


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen = Seen()

    def handle_decl(self, decl: str) -> None:
        self.seen.declarations.append(decl)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment on the page: {data!r}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(attrs) == len(dict(attrs)), f"an attribute twice in <{tag}>"
        self.seen.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.seen.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.seen.open, f"</{tag}> closes nothing"
        assert self.seen.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.seen.open and self.seen.open[-1] != "style":
            self.seen.texts.append(data)


def read_html(text: str) -> Seen:
    """Parse a page; fails on elements that don't nest."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert not reader.seen.open, f"left open: {reader.seen.open}"
    return reader.seen


def read_page(path: Path) -> Seen:
    """Parse a report, and check what must hold for every one."""
    text = path.read_text("utf-8")
    seen = read_html(text)
    assert seen.declarations == ["doctype html"]
    allowed = {
        "html", "head", "title", "body", "header", "nav", "main", "section", "article", "aside",
        "footer", "figure", "figcaption", "h1", "h2", "h3", "h4", "p", "div", "span", "strong",
        "small", "code", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary", "label",
        "table", "caption", "thead", "tbody", "tr", "th", "td", "a", "time", "svg", "g", "polygon",
        "rect", "meta", "img", "input", "style", "desc", "circle", "line", "path", "text",
    }  # fmt: skip
    assert {tag for tag, _ in seen.elements} <= allowed
    ids = [a["id"] for _, a in seen.elements if "id" in a]
    assert len(ids) == len(set(ids))
    for tag, attributes in seen.elements:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], tag
        for name in ("href", "src"):
            if name in attributes:
                value = str(attributes[name])
                assert re.match(r"#[a-z0-9-]+$|data:image/(png|jpeg|webp);base64,|\./", value)
                if value.startswith("#"):
                    assert value[1:] in ids
    assert seen.policy.startswith("default-src 'none'; ")
    assert len(seen.all("style")) == 1
    return seen
