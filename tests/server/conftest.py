import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent.parent
if str(TESTS) not in sys.path:
    sys.path.insert(0, str(TESTS))

from fault_server_fixture import fault_server, plain_fault_server  # noqa: E402

__all__ = ["fault_server", "plain_fault_server"]
