"""The page in a real browser: it can be seen, its style counts, and no request leaves."""

from __future__ import annotations

import io
import re
import socketserver
import subprocess
import threading
from pathlib import Path

import pytest
from PIL import Image
from sample_runs import GULL, SPEC, Entry, make_run, rich_entries, sea

from storypainter.report import pictures
from storypainter.report.page import write_report
from storypainter.story import Story

CHROMIUM = Path("/usr/bin/chromium")
HOSTILE = (
    '<img src="http://canary.example/x.png"><script src="http://canary.example/x.js"></script>'
)
PAPER, RED = (250, 247, 241), (181, 64, 58)  # the page's background, the ship in the picture

# Chromium greets its maker's servers at every start, whatever page it shows. No web font is one.
OWN = re.compile(r"[A-Z]+ (?:https?://)?(?!fonts\.)[\w-]+\.(?:google|googleapis|gvt1)\.com[:/]")

pytestmark = pytest.mark.slow


class Proxy:
    """A proxy that answers nothing and remembers the first line of every request."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        proxy = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                proxy.requests.append(self.rfile.readline(2000).decode("latin-1").strip())

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Proxy:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def of_the_page(self) -> list[str]:
        """The requests that are not Chromium's own."""
        return [line for line in self.requests if not OWN.match(line)]


@pytest.fixture
def proxy():
    with Proxy() as proxy:
        yield proxy


def screenshot(page: Path, proxy: Proxy, folder: Path, *, height: int = 2400) -> Image.Image:
    """The page as Chromium shows it at 1280 pixels; everything but files goes to the proxy."""
    if not CHROMIUM.is_file():
        pytest.fail(f"{CHROMIUM} is missing; install it: apt-get install chromium")
    target = folder / "page.png"
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--hide-scrollbars", f"--user-data-dir={folder / 'profile'}",
        f"--proxy-server={proxy.address}", "--proxy-bypass-list=<-loopback>",
        f"--window-size=1280,{height}", f"--screenshot={target}", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert target.is_file(), done.stderr.decode(errors="replace")[-2000:]
    return Image.open(io.BytesIO(target.read_bytes())).convert("RGB")


def share(image: Image.Image, colour: tuple[int, int, int]) -> float:
    """The share of pixels of (nearly) this colour."""
    near = [
        count
        for count, found in image.getcolors(1 << 24) or []
        if max(abs(a - b) for a, b in zip(found, colour, strict=True)) <= 3
    ]
    return sum(near) / (image.width * image.height)


def test_a_page_with_a_request_in_it_reaches_the_proxy(tmp_path, proxy):
    """The control: without our escaping and policy, the proxy would see the request."""
    page = tmp_path / "control.html"
    page.write_text(f"<!doctype html><p>{HOSTILE}</p>", "utf-8")
    screenshot(page, proxy, tmp_path)
    assert any("canary.example" in line for line in proxy.of_the_page)


def test_the_page_is_seen_and_no_request_leaves(tmp_path, proxy):
    entries = rich_entries()
    entries.append(Entry(Story(id="x", text=HOSTILE, title=HOSTILE), sea(ball=100)))
    page = write_report(make_run(tmp_path / "run", entries)).path
    image = screenshot(page, proxy, tmp_path, height=3200)
    assert share(image, PAPER) > 0.3  # the stylesheet was let in by its hash
    assert share(image, RED) > 0.002  # the picture is there
    assert not proxy.of_the_page


def test_a_linked_page_shows_the_pictures_of_the_run_folder(tmp_path, proxy, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_EMBEDDED", 0)
    run = make_run(tmp_path / "a run", [Entry(Story(id="a", text=GULL), sea())], spec=SPEC)
    report = write_report(run)
    assert report.linked
    image = screenshot(report.path, proxy, tmp_path, height=1800)
    assert share(image, RED) > 0.002
    assert not proxy.of_the_page
