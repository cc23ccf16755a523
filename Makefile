# Everything that is done often. Works with GNU Make 3.81 (macOS) and newer.
#
# Two stamp files inside .venv say which requirements are installed, so that running a target again
# costs nothing, and a changed requirements file is installed by the next target that needs it.

SHELL := /bin/sh
ARGS ?=
# Tried in this order; name one of your own with make PYTHON=...
PYTHON ?= python3.13 python3

VENV := .venv
BIN := $(VENV)/bin
# The developers' requirements hold the operators', and those hold the app's.
OPS := $(VENV)/installed-ops
DEV := $(VENV)/installed-dev
LIGHTHOUSE := .ci/lighthouse/node_modules/.package-lock.json
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
# Extras stay named: some versions of pip take what is pinned without its extra for not pinned.
COMPILE := $(BIN)/uv pip compile setup.cfg --quiet --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --custom-compile-command 'make lock'

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run deploy-offline test check format bench lighthouse looks prove lock data messages clean

help: ## List the targets (this)
	@echo 'make TARGET [ARGS="..."], where TARGET is one of'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1|\2/p' $(MAKEFILE_LIST) | \
		awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

run: $(OPS) ## Start both regions on this machine (ARGS="--fresh" forgets their data)
	@exec $(BIN)/python -m bootstrap sandbox $(ARGS)

deploy-offline: $(OPS) ## Deploy every stage with the real zappa, to an account on this machine
	@exec $(BIN)/python -m bootstrap deploy-offline $(ARGS)

# A worker a core, each with a MiniStack of its own, so not too many. Plain pytest has none: for a few
# tests, the start of workers would take longer than the tests.
test: $(DEV) ## Run all tests (ARGS="-m 'not slow'" for the quick ones)
	@exec $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist worksteal $(ARGS)

check: $(DEV) ## Lint, formatting, types, imports, templates, known vulnerabilities
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/djlint templates --check --quiet
	$(BIN)/djlint templates --lint --quiet
	@$(BIN)/python .ci/audit.py

# djlint fails where it changed something: what counts is that nothing is left to change.
format: $(DEV) ## Mend the lint that can be mended, and lay out code and templates
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format
	$(BIN)/djlint templates --reformat --quiet || $(BIN)/djlint templates --check --quiet

bench: $(DEV) ## Measure the pages and the import, into a table and a JSON file
	@exec $(BIN)/python -m benchmarks $(ARGS)

lighthouse: $(DEV) $(LIGHTHOUSE) ## Have Lighthouse judge the pages, into a table (ARGS="--rounds 5")
	@exec $(BIN)/python -m tests.browser.lighthouse_table $(ARGS)

looks: $(DEV) ## Take a picture of every page and state, to be looked at (needs Chromium)
	@exec $(BIN)/python -m tests.browser.looks $(ARGS)

prove: $(DEV) ## Search longer for a lost score (ARGS="--steps 100000 --seed 1")
	@exec $(BIN)/python -m tests.convergence $(ARGS)

# The smaller files are held to the largest one's versions, so that what is tested is what is run.
lock: $(DEV) ## Remake requirements/*.txt from setup.cfg (ARGS="--upgrade" for newer versions)
	$(COMPILE) --extra ops --extra dev $(ARGS) --output-file requirements/dev.txt
	$(COMPILE) --extra ops --constraint requirements/dev.txt --output-file requirements/ops.txt
	$(COMPILE) --constraint requirements/dev.txt --output-file requirements/app.txt
	$(BIN)/uv pip compile requirements/lambda.in --quiet --universal --python-version 3.11 \
		--generate-hashes --custom-compile-command 'make lock' \
		--constraint requirements/dev.txt $(ARGS) --output-file requirements/lambda.txt
	@rm -rf *.egg-info

data: $(DEV) ## Remake the example scores, and the names and dates of each language
	$(BIN)/python -m bootstrap.data.make
	$(BIN)/python -m bootstrap.data.make_countries
	$(BIN)/python -m bootstrap.data.make_locales

messages: $(DEV) ## Bring the translators' files up to the sentences of now
	$(BIN)/python -m bootstrap.data.make_messages

clean: ## Remove what was made here: the environment, the sandbox's data, the caches
	rm -rf $(VENV) .sandbox looks .coverage htmlcov build dist *.egg-info
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# An interpreter is judged by running it: a python3.13 on the path may be a shim that only fails.
$(BIN)/python:
	@for python in $(PYTHON); do \
		"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
		echo "Making $(VENV) with $$("$$python" --version)"; \
		"$$python" -m venv --clear $(VENV) && exit 0; \
		echo "$$python could not make $(VENV)." \
			"On Debian and Ubuntu: apt-get install python3-venv, then run make again." >&2; \
		exit 1; \
	done; \
	echo "Python 3.11 or newer is needed, and none of these is that: $(PYTHON)." \
		"Install it from python.org, or name one: make PYTHON=/path/to/python3" >&2; \
	exit 1

$(OPS): $(BIN)/python requirements/ops.txt
	@echo 'Installing requirements/ops.txt'
	@$(INSTALL) --requirement requirements/ops.txt
	@touch $@

$(DEV): $(BIN)/python requirements/dev.txt
	@echo 'Installing requirements/dev.txt'
	@$(INSTALL) --requirement requirements/dev.txt
	@touch $@ $(OPS)

$(LIGHTHOUSE): .ci/lighthouse/package-lock.json
	@npm --prefix .ci/lighthouse ci --silent
