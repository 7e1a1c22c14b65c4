# `make run` and `make test` need Python ≥ 3.11 and make, nothing else. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: run serve test test-fast test-slow test-exhaustive test-containers check check-content fault-table bench messages demo-cases release-data hooks lock audit help

PYTHON ?= python3
PORT ?= 8000
N ?= 1000
T ?= tests
P ?=
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
CATALOGUES := $(patsubst locale/%,-l %,$(wildcard locale/*))
# Stamp files of what is installed: a second run installs nothing while the requirements stay the same.
RUN := .venv/.installed
DEV := .venv/.installed-dev
# Programs for maintainers have a separate environment, so that their dependencies cannot conflict with the site's.
TOOLBOX := var/tools
TOOLS := $(TOOLBOX)/.installed
LISTS := requirements requirements-extra requirements-dev requirements-tools requirements-bench
# What the form and the desk are compared with in `make bench`.
HELPDESK := var/helpdesk/.installed
# Install only packages with the expected hash, and only wheels: building a package would download unpinned build tools.
PIP_FLAGS := --quiet --disable-pip-version-check --require-hashes --only-binary :all:
# The site imports a third of the modules that pip installs. Python compiles those when it first reads them, and keeps them.
ONLY_WHAT_RUNS := --no-compile
# Started with the server and stopped with it.
RUN_HOUSEKEEPING := trap 'kill $$(jobs -p) 2>/dev/null || true' EXIT && { $(MANAGE) housekeeping --every 60 & }
RUN_SNAPSHOTS := if [ -n "$${SNAPSHOT_DIR:-}" ]; then $(MANAGE) write_snapshots --follow & fi
# Compiled tests are kept: without that, every process of pytest compiles all of them, and every program that a test
# starts compiles the whole product.
unexport PYTHONDONTWRITEBYTECODE
# Tests marked with a group run in one process, because what they share takes long to make.
IN_PARALLEL := -n auto --dist loadgroup
# Each run ends with its slowest ten.
SLOWEST := --durations=10 --durations-min=1
# A part of the tests may use no database at all: pytest then ends with 5, "no tests collected".
NONE_IS_FINE := $(if $(filter tests,$(T)),,|| [ $$? = 5 ])
# What must be seen on both databases before a review: what each database does in its own way, and one journey of each kind.
OF_THE_DATABASE := both_databases or smoke
# The tests that $(1) selects by marks. tests/test_make.py holds that each test runs in `make test` or `make test-slow`.
define ON_SQLITE
@tools/need.sh nginx $(if $(findstring not browser,$(1)),,&& tools/need.sh chromium) $(if $(CI),&& tools/need.sh faketime)
@echo "— tests on SQLite: $(1)"
@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
env -u DATABASE_URL DEBUG=1 VAR_DIR="$$folder" $(BIN)/python -m pytest $(IN_PARALLEL) $(SLOWEST) -m "$(1)" $(T) $(NONE_IS_FINE)
endef
define ON_POSTGRES
@tools/need.sh chromium && tools/need.sh nginx $(if $(CI),&& tools/need.sh pgbouncer)
@echo "— tests on PostgreSQL: $(1)"
@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && \
DEBUG=1 VAR_DIR="$$folder" $(BIN)/python tests/with_postgres.py \
$(BIN)/python -m pytest $(IN_PARALLEL) $(SLOWEST) -m "$(1)" $(T) $(NONE_IS_FINE)
endef
NOT_OURS := --ignore=.venv --ignore=var --ignore=tests --ignore=node_modules

run: $(RUN) ## Set everything up and serve the demo on http://127.0.0.1:8000 (PORT=… for another)
	@$(BIN)/python tools/port_is_free.py $(PORT)
	@export DEBUG=1 PUBLIC_URL=http://127.0.0.1:$(PORT) && $(MANAGE) set_up && \
	$(RUN_HOUSEKEEPING) && \
	$(MANAGE) runserver --skip-checks 127.0.0.1:$(PORT)

serve: $(RUN) ## Serve with gunicorn, DEBUG off; settings from the environment (deploy/env.example)
	@[ -n "$${BIND:-}" ] || $(BIN)/python tools/port_is_free.py $(PORT)
	@export DEBUG=0 PLAIN_HTTP=$${PLAIN_HTTP:-$(if $(filter https://%,$(PUBLIC_URL)),0,1)} BIND=$${BIND:-127.0.0.1:$(PORT)} && \
	$(MANAGE) set_up && \
	$(RUN_HOUSEKEEPING) && $(RUN_SNAPSHOTS) && \
	$(BIN)/gunicorn --config deploy/gunicorn.conf.py safetycenter.wsgi

test: $(DEV) ## Run the tests on SQLite, then what can differ there on a real PostgreSQL (T=tests/… for some)
	$(call ON_SQLITE,not slow)
	$(call ON_POSTGRES,not slow and ($(OF_THE_DATABASE)))

test-fast: $(DEV) ## Run the tests that need no browser, on SQLite only: for every change (T=tests/… for some)
	$(call ON_SQLITE,not slow and not browser)

test-slow: $(DEV) ## Run second looks, and the safety rules on PostgreSQL: before a change lands (T=tests/… for some)
	$(call ON_SQLITE,slow and not exhaustive)
	$(call ON_POSTGRES,(slow and not exhaustive) or (safety and not slow and not ($(OF_THE_DATABASE))))

test-exhaustive: $(DEV) ## Run all that the others leave out, for hours: before a release (T=tests/… for some)
	$(call ON_SQLITE,exhaustive)
	$(call ON_POSTGRES,exhaustive or not (slow or safety or $(OF_THE_DATABASE)))

test-containers: $(DEV) ## Build the Dockerfile, start compose.yaml and ask it: when one of them, deploy/, requirements or settings changed
	@tools/need.sh docker
	@$(BIN)/python -m tools.containers

check: $(DEV) $(TOOLS) ## Style, types, import contracts, migrations, deployment checks, catalogues, content, safety rules, licences
	@tools/need.sh gettext $(if $(CI),&& tools/need.sh systemd && tools/need.sh compose)
	@echo "— style" && $(BIN)/ruff check . && $(BIN)/ruff format --check .
	@echo "— types" && folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && DEBUG=1 VAR_DIR="$$folder" $(BIN)/mypy
	@echo "— templates" && $(BIN)/djlint --quiet --lint templates
	@echo "— import contracts" && $(BIN)/lint-imports --no-cache --no-logo
	@echo "— migrations and deployment" && $(BIN)/python tools/check_deployment.py
	@echo "— units and containers" && $(BIN)/python tools/check_deploy_files.py
	@echo "— released migrations" && $(BIN)/python -m tools.release check
	@echo "— catalogues" && $(BIN)/python tools/check_catalogues.py
	@$(MAKE) check-content
	@echo "— words" && $(BIN)/python tools/check_words.py
	@echo "— names in documents" && $(BIN)/python tools/check_doc_names.py
	@echo "— safety rules" && $(BIN)/python -m tools.check_safety_rules
	@echo "— table of faults" && $(BIN)/python -m tools.fault_table --check
	@echo "— declared once" && $(BIN)/python -m tools.check_declared_once
	@echo "— licences" && $(BIN)/python tools/check_licences.py

check-content: $(DEV) ## Check the guides, quizzes and other starter files by the writers' rules
	@echo "— content" && $(BIN)/python -m tools.check_content

fault-table: $(DEV) ## Print docs/faults.md from tests/faults.toml, which names the tests of known faults
	@$(BIN)/python -m tools.fault_table > docs/faults.md

bench: $(DEV) $(HELPDESK) ## Measure pages, form and desk as ratios (P="intake desk" for some parts, N=1000000 for more cases)
	@tools/need.sh chromium && tools/need.sh nginx && tools/need.sh lighthouse
	@N=$(if $(filter command line,$(origin N)),$(N)) $(BIN)/python -m tools.bench $(P)

messages: $(DEV) ## Collect new strings into locale/ and compile the catalogues
	@tools/need.sh gettext
	@DEBUG=1 $(MANAGE) makemessages $(CATALOGUES) --no-location --no-obsolete $(NOT_OURS)
	@DEBUG=1 $(MANAGE) compilemessages $(CATALOGUES) --ignore=.venv

demo-cases: $(RUN) ## Add made-up cases to the demo (N=100000 for many); codes of the first 200 in var/demo-codes.txt
	@DEBUG=1 $(MANAGE) seed_cases $(N)

release-data: $(DEV) ## Freeze a release: digests of its migrations and a filled database (VERSION=0.1.0; docs/releasing.md)
	@$(BIN)/python -m tools.release write $(VERSION)

hooks: $(DEV) $(TOOLS) ## Run the quick checks before each commit of this clone (.pre-commit-config.yaml)
	@$(TOOLBOX)/bin/pre-commit install

lock: $(TOOLS) ## Pin what requirements*.in name, with hashes (UPGRADE="cffi six" for newer ones of what those need)
	@for list in $(LISTS); do \
	$(TOOLBOX)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock" $(UPGRADE:%=--upgrade-package %) $$list.in -o $$list.txt >/dev/null; done

audit: $(TOOLS) ## Ask PyPI's advisory service about every pinned package; fails when one was not audited
	@$(TOOLBOX)/bin/python tools/audit.py $(LISTS:%=%.txt)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' Makefile

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "This needs Python 3.11 or newer, and $(PYTHON) is not. Say which to use: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { tools/need.sh venv && $(PYTHON) -m venv --clear .venv; }

$(RUN): requirements.txt | $(BIN)/pip
	@echo "— installing what the site needs"
	@$(BIN)/pip install $(PIP_FLAGS) $(ONLY_WHAT_RUNS) -r requirements.txt
	@touch $@

$(DEV): requirements-dev.txt | $(BIN)/pip
	@echo "— installing what the tests need"
	@$(BIN)/pip install $(PIP_FLAGS) -r requirements-dev.txt
	@touch $@ $(RUN)

$(HELPDESK): requirements-bench.txt
	@echo "— installing django-helpdesk"
	@$(PYTHON) -m venv var/helpdesk || { tools/need.sh venv && $(PYTHON) -m venv --clear var/helpdesk; }
	@var/helpdesk/bin/pip install $(PIP_FLAGS) -r requirements-bench.txt
	@touch $@

$(TOOLS): requirements-tools.txt
	@echo "— installing the maintainers' tools"
	@$(PYTHON) -m venv $(TOOLBOX) || { tools/need.sh venv && $(PYTHON) -m venv --clear $(TOOLBOX); }
	@$(TOOLBOX)/bin/pip install $(PIP_FLAGS) -r requirements-tools.txt
	@touch $@
