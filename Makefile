# Everything that is done with Kioku from a shell. `make help` lists it.
# A fresh clone needs Python 3.11 with pip and venv; the rest is fetched into .venv when it is first needed.

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(shell for p in python3.11 python3; do $$p -c "" 2>/dev/null && echo $$p && break; done)
RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
NO_PYTHON := Kioku needs Python 3.11: install python3.11, or python3 of at least that version.
INSTALL = @test -n "$(PYTHON)" || { echo "$(NO_PYTHON)"; exit 1; }; $(PYTHON) install.py
SERVER := $(BIN)/python -m pages._ui.server
CHECKS := tests/test_architecture.py tests/test_guarded.py tests/test_names.py tests/test_process_wide.py tests/test_messages.py \
	tests/test_terms.py tests/pages/test_density.py
# xdist: one worker more than the smallest machine that this is meant for has cores, since browsers and servers are waited for.
WORKERS ?= 3
# A file stays with one worker, so that what its tests share is made once; those with servers and browsers come early.
SHARING := --dist loadfile --no-loadscope-reorder
# The tests start some sixty processes: what one of them has compiled the others take, also where bytecode is off.
test suite check: export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run serve test suite check lint format docs bench models check-models screenshots lock browser clean

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

run: $(RUNTIME) ## Start the app on this machine only and open the browser
	$(SERVER) run

serve: $(RUNTIME) ## Start the app for a class: reachable from other machines, no browser opened
	$(SERVER) serve

test: browser ## Run every check and every test, the browser's included
	@$(MAKE) --no-print-directory -j2 lint suite

# Types are checked on one core: beside the tests, of which some wait.
suite: $(DEV)
	$(BIN)/python -m pytest -n $(WORKERS) $(SHARING)

check: lint ## Check formatting, lint, types, walls, messages, terms, and how much each chapter says
	$(BIN)/python -m pytest $(CHECKS)

lint: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(DEV) ## Format the code and sort its imports
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

docs: $(RUNTIME) ## Write what the code says: docs/reference.md, and the stored first pictures from the shipped weights
	$(BIN)/python -m docs.reference
	$(BIN)/python -m rnn_core.training --picture
	$(BIN)/python -m docs.first_drawings

bench: $(DEV) browser ## Measure and write bench/RESULTS.md (PARTS="recording start" for some of it)
	$(BIN)/python -m bench $(PARTS)

models: $(RUNTIME) ## Train the shipped models that are not there yet (TASKS="names kanji --again": those anew)
	$(BIN)/python -m pip install --quiet -r requirements-models.txt
	$(BIN)/python -m rnn_core.training $(TASKS)

check-models: $(RUNTIME) ## Retrain one shipped model and compare
	$(BIN)/python -m rnn_core.training --check

screenshots: $(DEV) browser ## Take the pictures of docs/ from the running app
	$(BIN)/python -m docs.screenshots

lock: $(RUNTIME) ## Write requirements*.lock from requirements*.txt (UP=--upgrade: with the newest of what those stand on)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash .ci/lock $(UP)

clean: ## Remove .venv and every cache
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): install.py requirements.txt requirements.lock
	$(INSTALL)

$(DEV): install.py requirements.txt requirements.lock requirements-dev.lock
	$(INSTALL) --dev

browser: $(DEV)
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash .ci/browser
