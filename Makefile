# storypainter: `make demo` and `make test` are all that a newcomer needs.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
OUT ?= runs/demo

# The suite really starts Chromium (pages) and OpenCV (the reader of lettering, which links libGL).
# Named in the README.
.PHONY: install demo test quick coverage soak lint system bench clean help

help:
	@echo "make demo     install the base package, make six Pairs, write $(OUT)/report.html"
	@echo "make install  install the base package into $(VENV)"
	@echo "make test     install all that the suite needs, and run it"
	@echo "make quick    the suite without its slow tests, on what is installed"
	@echo "make coverage line and branch coverage of the quick tests"
	@echo "make lint     ruff, mypy, import-linter, generated files"
	@echo "make bench    the benchmarks (see benchmarks/README.md)"
	@echo "make soak     the full counts"

install: $(VENV)/.installed-base

demo: install
	@$(BIN)/storypainter generate -n 6 --out $(OUT)
	@$(BIN)/storypainter report $(OUT)

# A test that hangs should say where, not stop the clock: see faulthandler_timeout in pyproject.
test: $(VENV)/.installed-test system
	$(BIN)/python -m pytest -n 2 --dist worksteal -m "not soak"

quick:
	$(BIN)/python -m pytest -n 2 -m "not slow and not soak"

coverage:
	$(BIN)/python -m coverage run -m pytest -m "not slow and not soak"
	$(BIN)/python -m coverage combine
	$(BIN)/python -m coverage report --skip-covered

soak: $(VENV)/.installed-test system
	$(BIN)/python -m pytest -n 2 --dist worksteal -m soak

lint: $(VENV)/.installed-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m storypainter.ink.vocabulary --check
	$(BIN)/python docs/generate.py --check

bench: $(VENV)/.installed-test
	$(BIN)/python benchmarks/pairs.py
	$(BIN)/python benchmarks/faults.py
	$(BIN)/python benchmarks/memory.py

clean:
	rm -rf $(VENV) build dist .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade "pip>=24"

$(VENV)/.installed-base: pyproject.toml | $(BIN)/python
	$(PIP) install --quiet --editable .
	@touch $@

# torch first and alone: a pinned CPU build must not be replaced by what the others would pull.
$(VENV)/.installed-test: pyproject.toml requirements-test.txt | $(BIN)/python
	$(PIP) install --quiet "torch==2.13.0"
	$(PIP) install --quiet --editable ".[dev,local,diffusers]" --constraint requirements-test.txt
	@touch $@ $(VENV)/.installed-base

system:
	@missing=""; command -v chromium >/dev/null || missing="$$missing chromium"; \
	PATH="$$PATH:/sbin:/usr/sbin" ldconfig -p | grep -q 'libGL\.so\.1' || missing="$$missing libgl1"; \
	if [ -n "$$missing" ]; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	  else echo "the suite needs:$$missing (Debian: apt-get install$$missing)"; exit 1; fi; fi
