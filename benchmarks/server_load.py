"""How much the fault server can serve: raw sockets that only count bytes, no latency.

The server's own CPU time a call is the measure: it must be far below the client's that is
measured against it, or the benchmark measures the server.
"""

from __future__ import annotations

import argparse
import json
import selectors
import socket
import time
from urllib.parse import urlsplit

import orjson
from server_process import FaultServer, pin_to, running_server

PROMPT = "Imagine one image that tells a story, and describe what can be seen in it. " * 20


def _request(kind: str, number: int) -> bytes:
    if kind == "chat":
        path, body = (
            "/v1/chat/completions",
            {"model": "gpt-4o", "messages": [{"role": "user", "content": f"{PROMPT}{number}"}]},
        )
    else:
        path, body = "/v1/images/generations", {"model": "gpt-image-1", "prompt": f"{number}"}
    data = orjson.dumps(body)
    head = (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n"
        "Authorization: Bearer some-key\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data


class Caller:
    """One connection that sends a call, counts the answer's bytes, and sends the next."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address)
        self._missing = 0

    def send(self, kind: str, number: int) -> None:
        self.socket.sendall(_request(kind, number))
        self._missing = -1

    def receive(self, scratch: bytearray) -> bool:
        """Whether the answer is complete."""
        count = self.socket.recv_into(scratch)
        if count == 0:
            raise ConnectionError("the server closed a connection")
        if self._missing < 0:
            head, _, rest = bytes(scratch[:count]).partition(b"\r\n\r\n")
            self._missing = int(head.partition(b"Content-Length: ")[2].split(b"\r\n")[0])
            self._missing -= len(rest)
        else:
            self._missing -= count
        return self._missing == 0


def load(server: FaultServer, calls: int, connections: int, kinds: list[str]) -> dict[str, float]:
    """Send ``calls`` over ``connections``, kinds in turn; calls a second and CPU a call."""
    target = urlsplit(server.root)
    assert target.hostname
    assert target.port
    server.reset()
    cpu = server.stats()["cpu_seconds"]
    scratch = bytearray(1 << 20)
    chosen = selectors.DefaultSelector()
    begun, sent, done = time.monotonic(), 0, 0
    for _ in range(connections):
        caller = Caller((target.hostname, target.port))
        chosen.register(caller.socket, selectors.EVENT_READ, caller)
        caller.send(kinds[sent % len(kinds)], sent)
        sent += 1
    while done < calls:
        for key, _ in chosen.select(10):
            if not key.data.receive(scratch):
                continue
            done += 1
            if sent < calls:
                key.data.send(kinds[sent % len(kinds)], sent)
                sent += 1
    wall = time.monotonic() - begun
    for key in list(chosen.get_map().values()):
        key.data.socket.close()
    used = server.stats()["cpu_seconds"] - cpu
    return {
        "calls_per_second": round(calls / wall, 1),
        "server_ms_per_call": round(used / calls * 1000, 3),
        "server_calls_per_cpu_second": round(calls / used, 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=8000)
    parser.add_argument("--connections", type=int, default=256)
    options = parser.parse_args()
    pin = pin_to(0)
    if pin is not None:
        pin()
    with running_server(core=1) as server:
        for kinds in (["chat"], ["image"], ["chat", "image"]):
            figures = load(server, options.calls, options.connections, kinds)
            print(json.dumps({"calls": " + ".join(kinds), **figures}))


if __name__ == "__main__":
    main()
