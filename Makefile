# A machine needs Python 3.11 or newer, make and git. Every target sets up what it needs:
# .venv from constraints.txt, with Node from PyPI, and node_modules from package-lock.json.
# .venv-rehearsal is from tests/rehearsal/constraints.txt, .venv-scan from
# tests/scanners/constraints.txt, and .venv-wheel from constraints-floor.txt, with the newest Python that the machine has and the newest Node.

PYTHON ?= python3
VENV ?= .venv
CONSTRAINTS ?= constraints.txt
PYTEST_ARGS ?=

REHEARSAL_VENV := .venv-rehearsal
REHEARSAL_CONSTRAINTS := tests/rehearsal/constraints.txt
SCAN_VENV := .venv-scan
SCAN_CONSTRAINTS := tests/scanners/constraints.txt
WHEEL_VENV := .venv-wheel
WHEEL_SUITE := build/wheel
NEWEST_NODE := build/node
NEWEST_VENV := .venv-newest
NO_CONSTRAINTS := build/no-constraints.txt
VERSIONS_ARGS ?=
# The version that cdk_ivs.rules asks for.
RULES_CDK := 2.271
PY := $(VENV)/bin/python
# With a single -q, pip warns about the user's own configuration; errors are shown with both.
PIP_INSTALL := -m pip --disable-pip-version-check install -qq --no-compile
# Takes the part about pip out of a constraints file: versions of pip that come with Python need the
# hash in a requirements file. $(call pip_of,FILE,FOLDER)
pip_of = awk '/^pip==/ {part = 1} part {print} part && !/\\$$/ {exit}' $(1) > $(2)/pip.txt && $(2)/bin/python $(PIP_INSTALL) -r $(2)/pip.txt
# A process that has run out of tests takes some from the other.
IN_PAIRS := -n 2 --dist worksteal
SUBMAKE = $(MAKE) --no-print-directory
# Keeps the lines of parallel targets together; the make of macOS does not know it.
SYNC := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

# npm, jsii and the CDK CLI take the node that is found first.
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)

# Without it, every process would compile the modules of aws-cdk-lib again.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help synth test rehearse check ci rest lint types mypy pyright nag scan rules coverage dist wheel wheel-venv wheel-test docs bench scale versions drift newest parity hostile generated mutants pictures tables format lock clean setup environments

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

synth: $(VENV)/.installed ## Synthesize the examples into their cdk.out folders
	@$(PY) scripts/synth_examples.py

# With COVERAGE=1 one run of the tests serves two purposes.
test: setup ## Run the tests
	$(if $(COVERAGE),$(SUBMAKE) coverage,$(PY) -m pytest $(IN_PAIRS) $(PYTEST_ARGS))

# The emulator depends on versions of its own, which are not those of the library.
rehearse: setup $(REHEARSAL_VENV)/.installed ## Deploy the examples to an emulator; with QUICK=1 a few of them
	$(PY) -m pytest -n 2 -m 'rehearsal$(if $(QUICK), and quick)' $(PYTEST_ARGS) tests/rehearsal

# What needs one core runs in pairs; then the tests, which need two.
check: setup ## Run what a change has to pass before it is pushed: lint, types, docs and test
	@$(SUBMAKE) --jobs=2 --keep-going $(SYNC) pyright mypy lint docs
	@$(SUBMAKE) test

ci: ## Run all that CI runs: what check runs, nag, coverage, a few rehearsals and wheel
	@.ci/run

rest: setup
	@$(SUBMAKE) --jobs=2 --keep-going $(SYNC) mypy pyright wheel-venv nag docs lint
	@$(SUBMAKE) wheel-test

lint: setup ## Check the style, the formatting, the language, and that imports go one way
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(VENV)/bin/lint-imports
	$(PY) scripts/prose.py

types: mypy pyright ## Check the types with mypy and pyright

mypy: $(VENV)/.installed
	$(PY) -m mypy

pyright: setup
	node_modules/.bin/pyright --warnings

# With all packages that it needs, because aws_cdk is one folder. The oldest supported aws-cdk-lib
# does not validate templates.
rules: setup ## Test the rules with the oldest aws-cdk-lib that runs them
	$(PY) $(PIP_INSTALL) --upgrade --target build/rules "aws-cdk-lib==$(RULES_CDK).0" "aws-cdk.aws-ivs-alpha==$(RULES_CDK).0a0"
	PYTHONPATH=build/rules $(PY) -m pytest $(IN_PAIRS) tests/rules

# The tests run the newest cdk-nag, which reports in another way.
nag: setup ## Run cdk-nag 2 on the examples
	$(PY) $(PIP_INSTALL) -c constraints-floor.txt --no-deps --upgrade --target build/nag cdk-nag
	PYTHONPATH=build/nag $(PY) -m pytest tests/scanners/test_nag.py tests/scanners/test_page.py

# checkov pins the versions of almost all that it needs.
scan: setup $(SCAN_VENV)/.installed ## Run checkov on the examples, and on an app with what no example has
	CHECKOV=$(SCAN_VENV)/bin/checkov $(PY) -m pytest $(PYTEST_ARGS) tests/scanners/test_checkov.py

coverage: setup ## Run the tests, and fail if a line or a branch is not covered
	$(PY) -m coverage erase
	$(PY) -m coverage run -m pytest $(IN_PAIRS) $(PYTEST_ARGS)
	$(PY) -m coverage combine --quiet
	$(PY) -m coverage report

dist: $(VENV)/.installed ## Build the sdist and the wheel into dist/
	rm -rf dist
	$(PY) -m build --no-isolation --quiet

# So much is tested with another Python and Node than the rest, and with another aws-cdk-lib.
wheel: setup wheel-venv ## Build the wheel, and test it with the oldest aws-cdk-lib, the newest Python and Node
	@$(SUBMAKE) wheel-test

wheel-venv: dist $(WHEEL_VENV)/.installed $(NEWEST_NODE)/.installed
	$(WHEEL_VENV)/bin/python $(PIP_INSTALL) --no-deps --force-reinstall dist/*.whl
	$(WHEEL_VENV)/bin/python -m pip --disable-pip-version-check check
	@# What is marked `once` is not run here: the files are those that the other tests have run.
	for package in cdk_ivs ivs_tokens; do \
		diff -r -x __pycache__ src/$$package $(WHEEL_VENV)/lib/python3*/site-packages/$$package || exit 1; \
	done

# A copy of everything but src, so that only the installed wheel can be imported. Versions of jsii
# are tested with the Nodes that had a long-term-support release by then, and warn of a newer one.
wheel-test: export PATH := $(CURDIR)/$(WHEEL_VENV)/bin:$(PATH)
wheel-test: export JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION := 1
wheel-test:
	rm -rf $(WHEEL_SUITE)
	mkdir -p $(WHEEL_SUITE)
	cp -R $(filter-out build dist node_modules site src,$(wildcard *)) $(WHEEL_SUITE)
	ln -s ../../node_modules $(WHEEL_SUITE)/node_modules
	@python -c 'import platform; print("Python", platform.python_version(), end=", Node ", flush=True)'; node --version
	cd $(WHEEL_SUITE) && ../../$(WHEEL_VENV)/bin/python -m pytest $(IN_PAIRS) -m 'not newest and not once' $(PYTEST_ARGS)

docs: setup ## Build the site into site/, and look at every page in a browser
	@$(PY) -m zensical build --strict --clean
	$(PY) scripts/website/check.py site

bench: setup ## Measure against alpha and against L1
	$(PY) -m benchmarks

scale: setup ## Measure up to 10,000 channels against alpha and against L1
	$(PY) -m benchmarks --scale

# Each combination of Python and aws-cdk-lib has an environment in build/versions.
versions: setup dist ## Run a small suite with each Python, Node and CDK CLI, and the oldest and newest aws-cdk-lib
	@$(PY) scripts/versions.py dist/*.whl $(VERSIONS_ARGS)

drift: setup ## Report what the newest schemas, API models and permissions have that the library does not know
	@$(PY) scripts/drift.py

# For `make drift` and `make test`, with the same two variables.
newest: ## Set up .venv-newest with the newest of everything, and the newest CDK CLI in node_modules
	@mkdir -p build
	@touch $(NO_CONSTRAINTS)
	@$(SUBMAKE) $(NEWEST_VENV)/bin/python VENV=$(NEWEST_VENV)
	@# The pip that comes with Python can be too old for dependency groups.
	@$(NEWEST_VENV)/bin/python $(PIP_INSTALL) --upgrade pip
	@$(SUBMAKE) setup VENV=$(NEWEST_VENV) CONSTRAINTS=$(NO_CONSTRAINTS)
	@npm install --no-save --no-audit --no-fund --loglevel=error aws-cdk@latest > /dev/null

parity: setup ## Compare 1,000 generated apps with alpha's
	PARITY_EXAMPLES=1000 $(PY) -m pytest tests/parity/test_generated.py

hostile: setup ## Call everything public with 80,000 hostile values
	$(PY) -m tests.hostile

# With GROUPS="iam validation" some groups of tests/mutation/groups.toml.
mutants: setup ## Change the code in small ways, and fail if no test notices a change
	$(PY) $(PIP_INSTALL) -c $(CONSTRAINTS) --group mutation
	$(PY) scripts/mutation.py $(GROUPS)

# Each app is synthesized five times, in four processes with other hash seeds.
generated: setup ## Generate 5,000 apps over all constructs, and check them
	GENERATED_APPS=5000 $(PY) -m pytest $(IN_PAIRS) tests/generated/test_apps.py

pictures: $(VENV)/.installed ## Draw the pictures of the docs
	$(PY) $(PIP_INSTALL) --group pictures
	$(PY) scripts/pictures.py
	$(PY) scripts/example_pictures.py
	$(PY) scripts/pattern_pictures.py

tables: $(VENV)/.installed ## Write the tables of actions, metrics, events and rehearsals into the docs
	$(PY) scripts/tables.py

format: $(VENV)/.installed ## Format the code, and fix what can be fixed
	$(PY) -m ruff check --fix
	$(PY) -m ruff format

# Not the whole environment: a new dependency, which has no hash yet, cannot be installed.
lock: | $(VENV)/bin/python ## Pin the newest dependencies, with hashes; with KEEP=1 only what is missing
	@$(call pip_of,$(CONSTRAINTS),$(VENV))
	@$(PY) $(PIP_INSTALL) -c $(CONSTRAINTS) --group lock
	@$(PY) scripts/lock.py $(if $(KEEP),--keep)

clean: ## Remove everything that was made
	rm -rf $(VENV) $(REHEARSAL_VENV) $(SCAN_VENV) $(WHEEL_VENV) $(NEWEST_VENV) node_modules build dist site
	rm -rf .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find examples -name cdk.out -prune -exec rm -rf {} +

setup: $(VENV)/.installed node_modules/.installed ## Set up .venv and node_modules, as the others do

# All that takes one core to install, two at a time.
environments:
	@$(SUBMAKE) --jobs=2 $(SYNC) setup $(WHEEL_VENV)/.installed $(REHEARSAL_VENV)/.installed $(NEWEST_NODE)/.installed

$(VENV)/.installed: pyproject.toml $(CONSTRAINTS) | $(VENV)/bin/python
	@echo "Installing the dependencies into $(VENV), which takes a minute or two"
	@$(call pip_of,$(CONSTRAINTS),$(VENV))
	@$(PY) $(PIP_INSTALL) -c $(CONSTRAINTS) --group dev
	@# A folder has no hash; pip would refuse it together with the rest.
	@$(PY) $(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@$(PY) -m pip --disable-pip-version-check check > /dev/null
	@touch $@

$(REHEARSAL_VENV)/.installed: pyproject.toml $(REHEARSAL_CONSTRAINTS) | $(REHEARSAL_VENV)/bin/python
	@echo "Installing the emulator into $(REHEARSAL_VENV)"
	@$(call pip_of,$(REHEARSAL_CONSTRAINTS),$(REHEARSAL_VENV))
	@$(REHEARSAL_VENV)/bin/python $(PIP_INSTALL) -c $(REHEARSAL_CONSTRAINTS) --group rehearsal
	@touch $@

$(SCAN_VENV)/.installed: pyproject.toml $(SCAN_CONSTRAINTS) | $(SCAN_VENV)/bin/python
	@echo "Installing checkov into $(SCAN_VENV)"
	@$(call pip_of,$(SCAN_CONSTRAINTS),$(SCAN_VENV))
	@$(SCAN_VENV)/bin/python $(PIP_INSTALL) -c $(SCAN_CONSTRAINTS) --group scan
	@touch $@

$(WHEEL_VENV)/.installed: pyproject.toml constraints-floor.txt | $(WHEEL_VENV)/bin/python
	@echo "Installing the oldest aws-cdk-lib into $(WHEEL_VENV)"
	@$(call pip_of,constraints-floor.txt,$(WHEEL_VENV))
	@$(WHEEL_VENV)/bin/python $(PIP_INSTALL) -c constraints-floor.txt --group test
	@# The oldest aws-cdk-lib imports all of itself: compiled once here, not by each process.
	@$(WHEEL_VENV)/bin/python -m compileall -q -j 2 $(WHEEL_VENV)/lib/python3*/site-packages/aws_cdk
	@touch $@

# Where there is none for the machine, the wheel is tested with the Node of its environment.
$(NEWEST_NODE)/.installed: .ci/node/package-lock.json | $(VENV)/.installed $(WHEEL_VENV)/.installed
	@echo "Installing the newest Node into $(NEWEST_NODE)"
	@mkdir -p $(NEWEST_NODE)
	@cp .ci/node/package.json .ci/node/package-lock.json $(NEWEST_NODE)
	@npm ci --prefix $(NEWEST_NODE) --no-audit --no-fund --loglevel=error > /dev/null
	@if [ -e $(NEWEST_NODE)/node_modules/.bin/node ]; then \
		ln -sf ../../$(NEWEST_NODE)/node_modules/.bin/node $(WHEEL_VENV)/bin/node; \
	else echo "There is no newest Node for this machine"; fi
	@touch $@

node_modules/.installed: package-lock.json | $(VENV)/.installed
	@echo "Installing the Node tools into node_modules"
	@npm ci --no-audit --no-fund --loglevel=error > /dev/null
	@touch $@

$(WHEEL_VENV)/bin/python:
	@newest=$$($(PYTHON) scripts/newest_python.py) && "$$newest" -m venv $(WHEEL_VENV) || { rm -rf $(WHEEL_VENV); exit 1; }

$(VENV)/bin/python $(REHEARSAL_VENV)/bin/python $(SCAN_VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("cdk-ivs needs Python 3.11 or newer, and $(PYTHON) is %d.%d: name another with make PYTHON=..." % sys.version_info[:2])'
	@$(PYTHON) -m venv $(@:/bin/python=) || { rm -rf $(@:/bin/python=); exit 1; }
