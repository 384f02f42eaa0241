# Two commands: `make serve` to see the guide, `make test` to check everything. Each sets up what it needs.
PY ?= python3
PORT ?= 8000
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve test build check bench clean setup lint lock browser
.DEFAULT_GOAL := help

help: ## List the commands
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

serve: setup ## Build the site, serve it on http://127.0.0.1:8000 (PORT=) and rebuild it as you write
	@$(BIN)/fieldguide serve --port $(PORT)

build: setup ## Build the site into site/, ready to upload
	@$(BIN)/fieldguide build

check: .venv/ready ## Check the content only
	@$(BIN)/fieldguide check

test: setup browser lint ## Check everything: lint, types, content, pages, tools, browser
	@$(BIN)/fieldguide build
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup

lint: setup
	@echo "Lint and types"
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && node_modules/.bin/tsc

bench: setup browser ## Measure speed and weight, each beside its yardstick; writes build/bench.json
	@$(BIN)/fieldguide build
	@PYTHONPATH=tests $(BIN)/python tests/bench

clean: ## Remove everything made
	@rm -rf .venv node_modules build site .pytest_cache .mypy_cache .ruff_cache .hypothesis tools/*.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

setup: .venv/ready node_modules/ready

.venv/ready: requirements.txt pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed, for example: make serve PY=python3.12"; exit 1; }
	@echo "Setting up Python in .venv (once)"
	@$(PY) -m venv .venv
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.txt | grep -v "already satisfied" || true
	@$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation -e .
	@touch $@

node_modules/ready: package-lock.json .venv/ready
	@echo "Bringing the browser parts into node_modules (once)"
	@$(BIN)/python -m sitegen.node
	@touch $@

browser: .venv/ready
	@$(BIN)/python tests/browsers.py

lock: ## Pin every version and hash again (needs uv)
	@uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q requirements.in -o requirements.txt
