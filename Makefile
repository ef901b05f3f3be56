# Everything a newcomer types. Each target makes what it needs; once installed, nothing is fetched again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
ARGS ?=

ifeq ($(UV),)
  MAKE_VENV = $(PYTHON) -m venv $(VENV)
  INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
else
  MAKE_VENV = $(UV) venv --quiet --python $(PYTHON) $(VENV)
  INSTALL = $(UV) pip install --quiet --python $(BIN)/python --require-hashes
endif

.PHONY: demo test format bench chaos run clean lock

demo: $(VENV)/.installed  ## see the bot at work, with no token
	$(BIN)/python -m bot demo $(ARGS)

run: $(VENV)/.installed  ## run the bot for real, with the settings in .env
	$(BIN)/python -m bot run $(ARGS)

test: $(VENV)/.tools  ## format, lint, types, contracts, tests, coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	mkdir -p var/coverage
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest --numprocesses 3 --dist loadfile $(ARGS)
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage report

bench: $(VENV)/.tools  ## speed and memory as ratios in one run
	$(BIN)/python -m tests.bench $(ARGS)

chaos: $(VENV)/.tools  ## kill the bot again and again: what it confirmed must hold
	$(BIN)/python -m tests.chaos $(ARGS)

shots: $(VENV)/.tools  ## photograph the rehearsal's page (needs a Chromium)
	$(BIN)/python -m tests.shots

format: $(VENV)/.tools
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:  ## pin every dependency anew (needs uv)
	$(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements.lock
	$(UV) pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet -o requirements-dev.lock

clean:
	rm -rf $(VENV) var .coverage* .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(BIN)/python:
	$(MAKE_VENV)

$(VENV)/.installed: requirements.lock | $(BIN)/python
	$(INSTALL) -r requirements.lock
	touch $@

$(VENV)/.tools: requirements-dev.lock | $(BIN)/python
	$(INSTALL) -r requirements-dev.lock
	touch $@ $(VENV)/.installed
