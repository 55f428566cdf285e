# Every target sets up what it needs first; the second time that takes a blink.
BIN := .venv/bin
PYTHON ?= python3
DIR ?= out
JOBS ?= 2
HEADLESS := QT_QPA_PLATFORM=offscreen
export PYTHON

.PHONY: run test lint screenshots previews bench faults package lock setup setup-test

run: setup
	@$(BIN)/luohu --training

test: lint
	$(HEADLESS) $(BIN)/pytest -n $(JOBS)

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

screenshots: setup-test
	$(HEADLESS) $(BIN)/python -m tests.helpers.screenshots $(DIR)

previews: setup-test
	$(HEADLESS) $(BIN)/python -m tests.helpers.previews $(DIR)

bench: setup-test
	$(HEADLESS) $(BIN)/pytest tests/benchmarks --benchmark-only -p no:randomly

faults: setup-test
	LUOHU_LONG=1 $(HEADLESS) $(BIN)/pytest -n $(JOBS) -m "faults or long"

package: setup-test
	sh packaging/linux/build.sh

lock: setup-test
	sh packaging/setup/lock.sh

setup:
	@sh packaging/setup/setup.sh run

setup-test:
	@sh packaging/setup/setup.sh test
