"""The fixture ``fault_server``: the benchmark's OpenAI-compatible server, as a process.

Load it in a conftest (``pytest_plugins`` in the top one, or an import in a folder's own):

    def test_something(fault_server):
        server = fault_server("--fault", "500=0.5")
        client(base_url=server.base_url)
        assert server.stats()["faults"] == {"500": 3}
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
if str(BENCHMARKS) not in sys.path:
    sys.path.insert(0, str(BENCHMARKS))

from server_process import FaultServer, start_server  # noqa: E402

StartServer = Callable[..., FaultServer]


@pytest.fixture(scope="session")
def plain_fault_server() -> Iterator[FaultServer]:
    """A server without flags, shared by all tests that want one."""
    server = start_server()
    yield server
    server.stop()


@pytest.fixture
def fault_server(plain_fault_server: FaultServer) -> Iterator[StartServer]:
    """A function that gives a server with the given flags, its counts at zero."""
    started: list[FaultServer] = []

    def start(*flags: str) -> FaultServer:
        if not flags:
            plain_fault_server.reset()
            return plain_fault_server
        started.append(start_server(*flags))
        return started[-1]

    yield start
    for server in started:
        server.stop()
