# Guantong. Every target sets up what it needs; a second call finds it in place.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
TESTS ?= tests
JOBS ?= 2
LOCKS := requirements/runtime.txt requirements/dev.txt

ifdef UV
INSTALL = $(UV) pip install --quiet --python $(BIN)/python
else
INSTALL = $(BIN)/python -m pip --disable-pip-version-check install --quiet
endif
INSTALL_LOCK = $(INSTALL) --require-hashes --no-deps -r
INSTALL_SELF = $(INSTALL) --no-deps --no-build-isolation --editable .
COMPILE = uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-emit-index-url --no-header --no-annotate $(UPGRADE)

# A stamp bears the digest of what was installed, so that another lock is another stamp.
digest = $(firstword $(shell cat $(1) pyproject.toml 2>/dev/null | sha256sum))
RUNTIME := $(VENV)/.runtime-$(call digest,requirements/runtime.txt)
DEV := $(VENV)/.dev-$(call digest,requirements/dev.txt)

.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench docs wheel lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

demo: $(RUNTIME) ## match the built-in sample city; writes demo-matches.xlsx
	$(BIN)/guantong demo -o demo-matches.xlsx

test: $(DEV) ## run the tests; TESTS=tests/core/text runs some of them
	$(BIN)/python -m pytest -n $(JOBS) $(TESTS)

lint: $(DEV) ## check style, imports and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: $(DEV) ## put the source into the house style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(DEV) ## measure quality, speed and memory; ARGS="--quick" a little
	$(BIN)/python -m benchmarks $(ARGS)

docs: $(DEV) ## write the reference pages that come out of the code
	$(BIN)/python tests/docs/reference_pages.py
	$(BIN)/python -m guantong.cli.reference docs/reference

wheel: $(DEV) ## build the wheel into dist/
	@rm -f dist/guantong-*.whl
	$(BIN)/python -m pip --disable-pip-version-check wheel --quiet --no-deps --no-build-isolation \
		--wheel-dir dist .

lock: ## write the locks anew from pyproject.toml (needs uv; UPGRADE=--upgrade moves versions)
	$(COMPILE) --extra reading --group build --output-file requirements/runtime.txt
	$(COMPILE) --extra reading --extra onnx --group dev --constraint requirements/runtime.txt \
		--output-file requirements/dev.txt

clean: ## remove what these targets made
	rm -rf $(VENV) build dist demo-matches.xlsx .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis
	find src tests benchmarks tools -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Guantong needs Python 3.11 or newer: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(RUNTIME): | $(BIN)/python
	$(if $(wildcard $(DEV)),,$(INSTALL_LOCK) requirements/runtime.txt)
	$(INSTALL_SELF)
	@rm -f $(VENV)/.runtime-* && touch $@

$(DEV): | $(BIN)/python
	$(INSTALL_LOCK) requirements/dev.txt
	$(INSTALL_SELF)
	@rm -f $(VENV)/.runtime-* $(VENV)/.dev-* && touch $(RUNTIME) $@
