# Every target makes its own .venv; nothing has to be installed by hand.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SPARK := $(VENV)/.spark
DEMO := build/demo
PARALLEL := -n auto --dist worksteal
# Of tests/unit: what writes whole books and papers, or looks at very many things. `make test` runs it.
LONG := test_catalogue.py test_escaping.py test_marked_texts.py test_nothing_is_hard_wired.py engine/test_growth.py \
  loading/test_many_problems.py loading/test_tree.py loading/responses/test_workbook.py loading/responses/test_xlsx.py \
  render/batch render/forms render/test_nasty_text.py render/test_pdf.py render/test_sandbox.py render/test_schema.py \
  words/test_tables.py

# Tests start the program some hundred times: what Python compiled once is kept.
export PYTHONDONTWRITEBYTECODE :=

# Python 3.11 cannot start in a folder with an umlaut where LC_ALL says C. LANG says the same, and it can.
ifneq ($(filter C POSIX,$(LC_ALL)),)
export LANG := $(LC_ALL)
unexport LC_ALL
endif

.DEFAULT_GOAL := help
.PHONY: help demo needs test unit lint soak bench page enketo schema catalogue machines clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.11 …"; exit 1; }
	@echo "Setting up $(VENV) (once) …"
	@$(PYTHON) -m venv $(VENV)
	@# Older ones write a script that imports `re`, which takes longer than telling the version.
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(READY)

demo: $(READY) ## Assess the examples: a summary here, and a report as a page
	@mkdir -p $(DEMO)
	@$(BIN)/involve-audit assess examples/riverside
	@$(BIN)/involve-audit assess examples/riverside -o $(DEMO)/riverside.html -o $(DEMO)/riverside.md -o $(DEMO)/riverside.audit.json
	@echo
	@echo "Open this page in a browser: $(CURDIR)/$(DEMO)/riverside.html"

needs:
	@tests/needs.sh

# What only the tests of Spark need, and is large. Without it they are skipped and say so, and fail where $CI is set.
$(SPARK): $(READY)
	@echo "Adding Spark to $(VENV) (once) …"
	@if $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[spark]'; then touch $(SPARK); \
		else echo "Some tests cannot run: pip could not install Spark."; fi

test: lint needs $(SPARK) ## Run everything that CI runs: lint, types, layers and all tests
	@$(BIN)/python -m pytest $(PARALLEL) --cov --cov-report=term

unit: $(READY) ## Run the quick tests only
	@HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -q $(PARALLEL) $(LONG:%=--ignore=tests/unit/%) tests/unit

lint: $(READY) ## Check style, types and the layer contract
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

soak: $(READY) ## Kill, mistreat and work out twice, for at most 20 minutes
	@$(BIN)/python -m tests.soak

enketo: $(READY) needs ## Fill in a form for survey tools in Enketo, which npm installs here
	@tests/enketo/build.sh
	@$(BIN)/python -m pytest -q tests/enketo/enketo.py

bench: $(READY) ## Measure speed, as ratios taken in one run
	@$(BIN)/python src/hatch_build.py
	@missed=; for part in targets tables growth bench comparing many page; do \
		$(BIN)/python bench/$$part.py || missed="$$missed $$part"; done; test -z "$$missed" || { echo "Missed:$$missed"; exit 1; }

page: $(READY) ## Put the whole program into one page: dist/involve-audit.html
	@$(BIN)/python src/hatch_build.py
	@$(BIN)/python page/build.py

browsers: $(READY) ## Try forms and the page in Firefox and WebKitGTK, where they are installed
	@$(BIN)/python -m tests.browser.engines

machines: ## Test clean clones as another user, in other places, time zones and Pythons
	@tests/machines.sh

schema: $(READY) ## Write the JSON Schemas anew
	@$(BIN)/involve-audit schema rubric -o rubrics/rubric.schema.json
	@$(BIN)/involve-audit schema overlay -o rubrics/overlay.schema.json
	@$(BIN)/involve-audit schema answers -o rubrics/answers.schema.json
	@$(BIN)/involve-audit schema record -o rubrics/record.schema.json
	@$(BIN)/involve-audit schema diff -o rubrics/diff.schema.json
	@$(BIN)/involve-audit schema trend -o rubrics/trend.schema.json

catalogue: $(READY) ## Gather every text of the interface for translators
	@$(BIN)/python -m involve_audit.catalogue

clean: ## Remove everything that was made
	rm -rf $(VENV) build dist .coverage* .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
