#!/usr/bin/env python3
"""The paper's command, flags and all; see ``storypainter generate`` for the full one."""

import sys

try:
    from storypainter.cli.main import run
    from storypainter.cli.seed import command
except ModuleNotFoundError as error:
    sys.exit(f"{error}; install storypainter first: make install, then use .venv/bin/python")

if __name__ == "__main__":
    sys.exit(run(command))
