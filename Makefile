# make run · make test · make check · make test-networks · make new-platform NAME=x · make wheel
.DEFAULT_GOAL := help
PY := .venv/bin/python
export HAWKER_DATA ?= $(CURDIR)/data
# Tests and checks never touch the data of a running Hawker.
SPARE := $(CURDIR)/.tmp/data

.PHONY: bench-publish bench-timing drill measure help run build test check test-networks new-platform lock \
	wheel translations states reliability platforms clean

help: ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

run: build ## start Hawker with a small shop to try; PORT, HOST and HAWKER_DATA are honoured
	@exec $(PY) -m hawker.config.up --demo

build: ## install what the lock pins, build the front-end libraries, compile the translations
	@tools/setup.sh run
	@$(PY) -m tools.build_front && $(PY) -m tools.translations compile

test: ## everything that needs no outside server, on SQLite and on PostgreSQL
	@tools/setup.sh run && tools/setup.sh test
	@$(PY) -m tools.build_front && $(PY) -m tools.translations compile
	@HAWKER_DATA=$(SPARE) $(PY) -m tools.test

check: ## ruff, mypy, import contracts, translations
	@tools/setup.sh run && tools/setup.sh test
	@$(PY) -m ruff check . && $(PY) -m ruff format --check .
	@HAWKER_DATA=$(SPARE) $(PY) -m mypy
	@HAWKER_DATA=$(SPARE) .venv/bin/lint-imports
	@HAWKER_DATA=$(SPARE) $(PY) -m tools.translations check

test-networks: ## real servers of the open networks, read back with their official clients
	@tools/setup.sh run && tools/setup.sh test
	@$(PY) -m tools.build_front && $(PY) -m tools.translations compile
	@HAWKER_DATA=$(SPARE) $(PY) -m tools.test_networks

new-platform: ## a folder for one more network: make new-platform NAME=pixelfed
	@tools/setup.sh run && tools/setup.sh test
	@$(PY) -m tools.new_platform "$(NAME)"

translations: ## collect the texts that are to be translated
	@HAWKER_DATA=$(SPARE) $(PY) -m tools.translations update

states: ## write docs/states.md from the rules
	@HAWKER_DATA=$(SPARE) $(PY) -m tools.state_diagram

platforms: ## write docs/platforms.md from its frame and the networks' folders
	@HAWKER_DATA=$(SPARE) $(PY) -m tools.platforms

reliability: ## write docs/reliability.md from its frame and the networks' folders
	@HAWKER_DATA=$(SPARE) $(PY) -m tools.reliability

measure: ## starts, memory, lateness and pages of this machine, as figures
	@tools/setup.sh run
	@$(PY) -m tools.measure

bench-publish: ## how fast posts go out; SHAPE, DATABASE, ENGINE, POSTS, ANSWER_MS, WORKERS narrow it, PROFILE=1 looks inside
	@tools/setup.sh run && tools/setup.sh test
	@$(PY) -m tools.bench

drill: ## kills Hawker at random instants and counts at the networks; KILLS, ENGINE, DATABASE, SEED, WITHOUT narrow it
	@tools/setup.sh run && tools/setup.sh test
	@$(PY) -m tools.build_front && $(PY) -m tools.translations compile
	@PYTHONPATH=src HAWKER_DATA=$(SPARE) $(PY) -m tools.drill

bench-timing: ## do posts start at their time while there is much else to do? MINUTES, POSTS, JOBS, DATABASE
	@tools/setup.sh run && tools/setup.sh test
	@$(PY) -m tools.bench timing

lock: ## pin the newest versions that fit
	@.venv/bin/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" \
	  pyproject.toml --extra postgresql --extra cluster -o requirements.lock
	@.venv/bin/uv pip compile --upgrade --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --custom-compile-command "make lock" -c requirements.lock \
	  pyproject.toml --extra postgresql --extra cluster --extra s3 --group dev -o requirements-dev.lock

wheel: build ## a wheel that carries everything it needs, in dist/
	@$(PY) -m uv build --quiet --wheel --out-dir dist

clean: ## forget what was built; data/ stays
	@rm -rf .venv .tmp dist node_modules src/hawker/static_root src/hawker/web/static/vendor
