# Two commands do everything: `make demo` and `make test`. Each sets up what it needs; a repeat starts in seconds.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
SET_UP := $(PYTHON) tools/set_up.py
NODE := $(BIN)/python tools/node.py

.PHONY: demo test nightly check format bench bench-peers bench-push serve pwa check-exercises lock clean

demo: ## set up, build, start on http://localhost:$(PORT) with eight weeks of invented history
	@$(SET_UP) run
	@MIDWEEK_PORT=$(PORT) MIDWEEK_DATA=$${MIDWEEK_DATA:-data/demo} $(BIN)/midweek demo

serve: ## the server as a practice runs it (settings: MIDWEEK_*)
	@$(SET_UP) run
	@$(BIN)/midweek serve

test: ## set up whatever the tests need, a browser included, and run them all
	@$(SET_UP) test
	@$(BIN)/pytest -n auto --dist worksteal -q

nightly: ## the looks at sync, storage and reminders, for hours: MIDWEEK_SEED repeats a night
	@$(SET_UP) test
	@export MIDWEEK_SEED=$${MIDWEEK_SEED:-$$(date +%F)}; echo "MIDWEEK_SEED=$$MIDWEEK_SEED"; \
	MIDWEEK_EXAMPLES=2000 MIDWEEK_STEPS=50 MIDWEEK_CUTS=20000 MIDWEEK_KILLS=2000 \
	MIDWEEK_OCCASIONS=10000 MIDWEEK_PUSH_KILLS=200 MIDWEEK_SIMULATED=1000000 \
	$(BIN)/pytest -n 4 --dist worksteal -q tests/sync tests/database/test_power_cut.py tests/database/test_sqlite.py \
	tests/push/test_crashes.py tests/schedule/test_simulation.py

check: ## format, lint, types, exercises
	@$(SET_UP) check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(NODE) pwa/node_modules/pyright/index.js
	$(NODE) pwa/node_modules/typescript/bin/tsc -p pwa/tsconfig.json
	$(NODE) pwa/node_modules/typescript/bin/tsc -p pwa/tsconfig.worker.json
	$(NODE) pwa/node_modules/typescript/bin/tsc -p pwa/tsconfig.node.json
	$(BIN)/midweek check-exercises

check-exercises: ## only the exercises: each problem names its file and step
	@$(SET_UP) run
	@$(BIN)/midweek check-exercises

format: ## put the format right
	@$(SET_UP) check
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

pwa: ## build the app into pwa/dist
	@$(SET_UP) run

bench: ## rates, times and ratios of sync, from one run on this machine
	@$(SET_UP) check
	@$(BIN)/python -m tests.bench

bench-peers: ## the same requests to Midweek, Kinto and PouchDB Server, in turns (installs both, once)
	@$(SET_UP) check
	@$(BIN)/python -m tests.bench.peers

bench-push: ## notifications a second beside webpush() and npm web-push (installed once); then 2,000 due at once
	@$(SET_UP) check
	@$(BIN)/python -m tests.bench.push
	@$(BIN)/python -m tests.bench.burst

lock: ## renew requirements/*.txt (needs uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    pyproject.toml requirements/build.in -o requirements/run.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    pyproject.toml requirements/build.in requirements/dev.in -o requirements/dev.txt

clean: ## forget everything that was set up or built
	rm -rf .venv pwa/node_modules pwa/dist pwa/src/generated
