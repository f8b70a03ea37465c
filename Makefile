# `make help` lists the targets. Only Python 3.11 or newer, git and make are needed; everything else goes into .venv.

SHELL := /bin/sh
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && exit; done; echo python3)
VENV := .venv/bin/python
PORT ?=
TESTS ?= tests
WORKERS ?= 2
UPGRADE ?=
# Extras stay on their lines and nothing is left to be built, so that pip has nothing to resolve (tools/environment.py).
COMPILE = $(VENV) -m uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 \
	--generate-hashes --no-strip-extras --no-emit-index-url --no-header
export PYTHONPATH := .
# The matrices are small: threads that wait for each other cost more than they bring.
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help run test check coverage format bench calibrate calibrate-quick screenshots sample lock doctor clean environment development browser postgres

help: ## List the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "  make %-16s %s\n", $$1, $$2}'

run: environment ## Start the dashboard on this machine and say where (PORT=8600 picks the port)
	@$(VENV) -m compileall -q app.py legcare pages
	@echo "legcare answers this machine only, at the address below. Ctrl-C stops it."
	@$(VENV) -m streamlit run app.py $(if $(PORT),--server.port=$(PORT))

test: development browser postgres ## Run all tests, in the browser too (TESTS=tests/analysis picks some; WORKERS=4 for more cores)
	@$(VENV) -m pytest -n $(WORKERS) --dist loadfile --durations=10 $(TESTS)

check: development ## Lint, format, types, import contracts, the ruler, and that a newer release changes nothing
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy
	.venv/bin/lint-imports
	$(VENV) tools/lock_proof.py
	$(VENV) tools/measure.py --check

coverage: development ## Lines of legcare/ that no test runs (without the browser tests)
	@$(VENV) -m pytest --cov=legcare --cov-report=term-missing:skip-covered --ignore=tests/browser

format: development ## Put the code in the house's format
	$(VENV) -m ruff check --fix .
	$(VENV) -m ruff format .

bench: development browser postgres calibrate-quick ## Speed and memory beside their floors, isolation, error rates: one JSON object each (an hour)
	@LEGCARE_PROPERTIES=thorough $(VENV) -m pytest -n $(WORKERS) --dist loadfile $$(grep -rl hypothesis tests --include='test_*.py')
	@$(VENV) benchmarks/bench.py
	@$(VENV) benchmarks/page_weight.py
	@$(VENV) benchmarks/speed_scan.py
	@$(VENV) benchmarks/apple_health.py --mb 50 --mb 500
	@$(VENV) benchmarks/fuzz_importers.py --files 20000
	@$(VENV) benchmarks/isolation.py --histories 20000
	@$(VENV) benchmarks/hosted.py
	@$(VENV) benchmarks/roster.py
	@$(VENV) benchmarks/several_servers.py
	@$(VENV) -m benchmarks.wrong_claims --people 40

calibrate: development ## Full simulation of the statistics (long): one JSON object
	@$(VENV) benchmarks/calibrate.py
	@$(VENV) -m benchmarks.attacks

calibrate-quick: development ## A short run of the same simulation
	@$(VENV) benchmarks/calibrate.py --quick

screenshots: development browser ## Pictures of every page into docs/pictures
	@$(VENV) docs/screenshots.py

sample: development ## Make the sample data again (the same files come out)
	@$(VENV) sample_data/make.py

lock: development ## Pin what pyproject.toml asks for, with hashes, for every platform (UPGRADE=1 takes the newest)
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) --group dev -c requirements.txt pyproject.toml -o requirements-dev.txt

clean: ## Remove what these targets made
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage htmlcov build

environment:
	@$(PYTHON) tools/environment.py requirements.txt

development:
	@$(PYTHON) tools/environment.py requirements-dev.txt

browser:
	@$(VENV) tests/browser/chromium.py

postgres:
	@$(VENV) tests/postgres.py

doctor: ## What this machine has, in ten lines, and what to do about what is missing
	@$(PYTHON) tools/doctor.py
