# Every target prepares what it needs. `make help` lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
IQF_REAL_DATA ?= ../shared/data
SOAK ?= var/soak
export PORT IQF_REAL_DATA
BIN := .venv/bin
ON_POSTGRES := $(filter-out %analysis %house %codes %formats %benchmarks %browser %real %spark %cli %conftest.py %__pycache__, $(wildcard tests/*))

.PHONY: help demo venv dev check fix test test-browser test-real test-postgres test-spark explore soak bench docs lock clean

help: ## what can be made here
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: venv ## build the starter database and serve the site (PORT=, IQF_HOME= are honoured)
	@$(BIN)/iqf demo --port $(PORT)

venv: .venv/run.stamp ## prepare .venv with what iqf needs to run, and nothing else

dev: .venv/dev.stamp

.venv/run.stamp: requirements/run.txt requirements/build.txt pyproject.toml
	@PYTHON=$(PYTHON) ./tools/venv run

.venv/dev.stamp: requirements/dev.txt requirements/build.txt pyproject.toml
	@PYTHON=$(PYTHON) ./tools/venv dev

.venv/spark.stamp: requirements/spark.txt requirements/build.txt pyproject.toml
	@PYTHON=$(PYTHON) ./tools/venv spark

check: dev ## format, lint, strict types, import contracts, docs in step
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=src $(BIN)/lint-imports
	$(BIN)/bandit -q -r src -c pyproject.toml
	$(BIN)/python tools/write_docs.py --check

fix: dev ## put format, import order and generated docs right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python tools/write_docs.py

test: dev ## everything that needs no outside data, the browser included
	@./tools/browser
	$(BIN)/pytest -n 2 --dist worksteal -m "not real and not spark"

test-browser: dev
	@./tools/browser
	$(BIN)/pytest -m browser

test-real: dev ## the tests that read the official files in IQF_REAL_DATA
	$(BIN)/pytest -n 2 --dist worksteal -m real

# What is killed half-way has a SQLite file of its own, whatever the database of the tests is.
test-postgres: dev ## every test that uses the database, on a PostgreSQL of its own (installs it when root on Debian)
	@./tools/postgres $(BIN)/pytest -n 2 --dist worksteal -m "not real and not browser and not spark" \
	  --ignore=tests/review/test_kills.py --ignore=tests/exchange/test_crash.py $(ON_POSTGRES)

test-spark: .venv/spark.stamp ## the measures of statistics on Apache Spark in local mode (installs Java when root on Debian)
	@./tools/java
	$(BIN)/pytest -m spark tests/spark

explore: TIMES ?= 10
explore: dev ## property tests on other cases in each run, TIMES= as many (10) as `make test` always draws
	TIMES=$(TIMES) $(BIN)/pytest -n 2 --dist worksteal -m "hypothesis and not real and not spark"

soak: dev ## random interleavings and kills until stopped; run again, it goes on (SOAK=folder, MINUTES=, SEED=)
	PYTHONPATH=src:. $(BIN)/python -m tests.soak $(SOAK) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

bench: dev ## measure beside what people would use instead, into bench/RESULTS.md
	$(BIN)/python -m bench.run

docs: dev ## write the generated docs
	$(BIN)/python tools/write_docs.py

lock: ## compile requirements/*.in to hash-pinned *.txt (needs uv on the path)
	for name in tools build run encoder dev spark; do \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	    $$([ $$name != spark ] || echo requirements/dev.in) requirements/$$name.in --output-file requirements/$$name.txt; done

clean: ## remove what was made here
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
