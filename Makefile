# The two commands: `make run` and `make test`. Everything else is for people who work on the hotline.

.DELETE_ON_ERROR:
.PHONY: setup run test test-app test-oldest test-nlu check check-app check-nlu train bench adapt evaluate compare massive lock lock-nlu messages hooks browser pictures

BIN := .venv/bin
BOX := .venv-nlu/bin

setup: .venv/ready .venv-nlu/encoder

.venv/ready: requirements-dev.lock pyproject.toml scripts/setup-app
	scripts/setup-app .venv requirements-dev.lock
	@touch $@

.venv-oldest/ready: requirements-dev.lock pyproject.toml scripts/setup-app
	scripts/setup-app .venv-oldest requirements-dev.lock oldest
	@touch $@

.venv-nlu/ready: nlu/requirements-dev.lock scripts/setup-nlu
	scripts/setup-nlu .venv-nlu nlu/requirements-dev.lock
	@touch $@

.venv-nlu/encoder: .venv-nlu/ready nlu/adapter.npz nlu/convert.py nlu/box/adapter.py nlu/box/conversion.py nlu/box/packed_model.py
	@rm -rf .venv-nlu/share/hotline
	$(BOX)/python -m nlu.convert
	@touch $@

run: setup
	@$(BIN)/hotline run

train: setup
	@$(BIN)/hotline train

test: check test-nlu compare test-app test-oldest

test-app: setup train browser
	$(BIN)/python -m pytest -n 2 --dist loadfile tests/app/unit
	$(BIN)/python -m pytest tests/app --ignore=tests/app/unit

test-oldest: .venv-oldest/ready
	.venv-oldest/bin/python -m pytest -n 2 --dist loadfile tests/app/unit
	.venv-oldest/bin/python -m pytest tests/app/contract

test-nlu: setup
	$(BOX)/python -m pytest -c nlu/pytest.ini tests/nlu

browser:
	@scripts/setup-browser

check: check-app check-nlu

check-app: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/hotline content check

check-nlu: setup
	$(BOX)/ruff check --config nlu/ruff-box.toml nlu tests/nlu
	$(BOX)/ruff format --check --config nlu/ruff-box.toml nlu tests/nlu
	$(BOX)/mypy --config-file nlu/mypy.ini

adapt: setup
	$(BOX)/python -m nlu.adapt

evaluate: setup
	@$(BIN)/hotline evaluate

compare: setup train
	@$(BIN)/hotline evaluate --compare

# BENCHMARKS: the folder with massive_train20.tsv and massive_dev.tsv.
BENCHMARKS ?= ../shared/benchmarks
massive: setup
	@$(BOX)/python -m nlu.massive --benchmarks $(BENCHMARKS)

bench: setup train
	@$(BIN)/python -m bench

# The pictures of the documentation, from the real console (scripts/pictures.py). ONLY: names of some.
pictures: setup browser
	@$(BIN)/python -m scripts.pictures $(ONLY)

messages: setup
	@$(BIN)/hotline content messages

# A commit of content with a fault is then refused (docs/content.md).
hooks: setup
	@$(BIN)/pre-commit install

lock:
	scripts/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--output-file requirements.lock pyproject.toml
	scripts/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--group dev --output-file requirements-dev.lock pyproject.toml

lock-nlu:
	scripts/uv pip compile --quiet --python-version 3.10 --generate-hashes --no-header --no-annotate \
		--output-file nlu/requirements.lock nlu/requirements.in
	scripts/uv pip compile --quiet --python-version 3.10 --generate-hashes --no-header --no-annotate \
		--output-file nlu/requirements-dev.lock nlu/requirements-dev.in
