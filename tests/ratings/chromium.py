"""A headless Chromium that tests drive: scripts, keys, downloads, and what it asks the network."""

# ruff: noqa: ASYNC220, ASYNC240

from __future__ import annotations

import asyncio
import base64
import json
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

CHROMIUM = Path("/usr/bin/chromium")


class Tab:
    """One page, spoken to by the DevTools protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._number = 0
        self.requests: list[str] = []
        self.problems: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait for its answer; events are noted on the way."""
        self._number += 1
        await self._socket.send_json({"id": self._number, "method": method, "params": parameters})
        while True:
            message = json.loads((await self._socket.receive(timeout=60)).data)
            if message.get("id") == self._number:
                assert "error" not in message, message
                return message["result"]
            self._note(message)

    def _note(self, message: dict[str, Any]) -> None:
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"][:100])
        elif message.get("method") == "Log.entryAdded":
            self.problems.append(message["params"]["entry"]["text"])
        elif message.get("method") == "Runtime.exceptionThrown":
            self.problems.append(json.dumps(message["params"]["exceptionDetails"])[:500])

    async def open(self, page: Path, *, width: int = 1280, height: int = 900) -> None:
        """Open a file at this size and wait until it is there."""
        for domain in ("Page", "Runtime", "Network", "Log"):
            await self.call(f"{domain}.enable")
        await self.resize(width, height)
        # The document before this one is complete, too, and so is the empty one between them.
        await self.run("window.left = true")
        # Nobody opens a page again within milliseconds: what the one before it has kept reaches
        # the browser's process meanwhile (on a busy machine the next one didn't find it).
        if await self.run("location.protocol") == "file:":
            await asyncio.sleep(1)
        await self.call("Page.navigate", url=page.as_uri())
        here = json.dumps(page.as_uri())
        arrived = f"!window.left && location.href === {here} && document.readyState === 'complete'"
        for _ in range(600):
            if await self.run(arrived):
                return
            await asyncio.sleep(0.05)
        raise AssertionError("the page did not load")

    async def resize(self, width: int, height: int, *, zoom: float = 1) -> None:
        """Another window; ``zoom`` 2 is a reader's 200 %, which halves the page's own pixels."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=round(width / zoom),
            height=round(height / zoom), deviceScaleFactor=zoom, mobile=False,
        )  # fmt: skip

    async def run(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        found = await self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def press(self, key: str) -> None:
        """A key on the keyboard, as a person would."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = {"Enter": 13, "Tab": 9, "ArrowRight": 39, " ": 32}.get(key, 0)
        common = {"key": key, "windowsVirtualKeyCode": code}
        await self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **common)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **common)

    async def picture(self, target: Path) -> None:
        """A screenshot of the window."""
        found = await self.call("Page.captureScreenshot", format="png")
        target.write_bytes(base64.b64decode(found["data"]))


@asynccontextmanager
async def chromium(folder: Path) -> AsyncIterator[Tab]:
    """A tab of a fresh Chromium whose downloads go to ``folder`` and which has no network."""
    assert CHROMIUM.is_file(), f"{CHROMIUM} is missing; install it: apt-get install chromium"
    profile = folder / "profile"
    command = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
        "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--hide-scrollbars", "--remote-debugging-port=0",
        "--remote-allow-origins=*", f"--user-data-dir={profile}",
        "--proxy-server=http://127.0.0.1:9", "about:blank",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        port = await _port(profile / "DevToolsActivePort")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json") as reply:
                targets = await reply.json()
            address = next(t["webSocketDebuggerUrl"] for t in targets if t["type"] == "page")
            async with session.ws_connect(address, max_msg_size=0) as socket:
                tab = Tab(socket)
                await tab.call(
                    "Browser.setDownloadBehavior", behavior="allow", downloadPath=str(folder)
                )
                yield tab
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(20)


async def _port(file: Path) -> int:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if file.is_file() and (lines := file.read_text().split()):
            return int(lines[0])
        await asyncio.sleep(0.05)
    raise AssertionError("Chromium did not start")


async def downloaded(folder: Path, pattern: str) -> Path:
    """The first file of that name that has arrived whole."""
    until = time.monotonic() + 60  # as long as for Chromium's start: machines stall
    while time.monotonic() < until:
        found = [path for path in folder.glob(pattern) if path.stat().st_size]
        if found and not list(folder.glob("*.crdownload")):
            return found[0]
        await asyncio.sleep(0.05)
    raise AssertionError(f"no {pattern} in {sorted(p.name for p in folder.iterdir())}")
