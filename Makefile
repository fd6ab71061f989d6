# make run      the chat page, with the starter library where there is no library yet
# make test     lint and all tests
.PHONY: setup run test lint format eval screenshot help-texts clean

python := .venv/bin/python

setup: .venv/ready

.venv/ready: pyproject.toml constraints.txt scripts/setup
	@scripts/setup

run: setup
	@$(python) scripts/starter_library.py
	@.venv/bin/findings serve

# One thread for each process that tests: they would wait for each other's.
test: setup lint
	@OMP_NUM_THREADS=1 $(python) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: setup
	@.venv/bin/ruff check
	@.venv/bin/ruff format --check
	@.venv/bin/mypy

format: setup
	@.venv/bin/ruff check --fix
	@.venv/bin/ruff format

eval: setup
	@.venv/bin/findings eval

screenshot: setup
	@$(python) scripts/screenshot.py

help-texts: setup
	@$(python) scripts/help_texts.py

clean:
	@rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache
