# `make help` lists what can be made. Everything is installed inside this folder: .boot, .venv, .venv-pdf, .venv-vendor.

PYTHON ?= python3
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -le 4 ] && echo $$n || echo 4)

# A county's network may have a certificate authority of its own: trust what this machine trusts.
export UV_SYSTEM_CERTS ?= $(if $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/ssl/cert.pem /etc/pki/tls/certs),true,false)
export UV_PYTHON_DOWNLOADS := never

UV := .boot/bin/uv
PY := .venv/bin/python
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 --custom-compile-command "make lock"
# The checks read the settings without touching a county's or a developer's own.
TESTENV := HOTSPOTS_ENV=test HOTSPOTS_DATA_DIR=.venv/check-data DATABASE_URL=sqlite:///.venv/check-data/hotspots.sqlite3

.DEFAULT_GOAL := help
.PHONY: help demo test test-sqlite test-postgresql check format bench docs vendor lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' Makefile

# ------------------------------------------------------------------------------------------------------ environment

.boot/bin/uv: requirements/boot.txt requirements/get-uv
	@echo "Installing uv into .boot"
	@requirements/get-uv $(PYTHON)
	@touch $@

# Where the dependencies have not changed, nothing is installed.
.venv/run.stamp: requirements/run.txt .boot/bin/uv
	@[ -x $(PY) ] || $(UV) venv --quiet --python $(PYTHON) .venv
	@echo "Installing what the program needs into .venv"
	@$(UV) pip sync --quiet --require-hashes --python $(PY) requirements/run.txt
	@ln -sf ../../bin/hotspots .venv/bin/hotspots
	@rm -f .venv/dev.stamp
	@touch $@

.venv/dev.stamp: requirements/dev.txt .boot/bin/uv
	@[ -x $(PY) ] || $(UV) venv --quiet --python $(PYTHON) .venv
	@echo "Installing what development needs into .venv"
	@$(UV) pip sync --quiet --require-hashes --python $(PY) requirements/dev.txt
	@ln -sf ../../bin/hotspots .venv/bin/hotspots
	@touch .venv/run.stamp $@

# The referee of PDF/UA brings a library under the AGPL: it stays in an environment of its own.
.venv-pdf/run.stamp: requirements/pdfcheck.txt .boot/bin/uv
	@[ -x .venv-pdf/bin/python ] || $(UV) venv --quiet --python $(PYTHON) .venv-pdf
	@echo "Installing the PDF referee into .venv-pdf"
	@$(UV) pip sync --quiet --require-hashes --python .venv-pdf/bin/python requirements/pdfcheck.txt
	@touch $@

.venv-vendor/run.stamp: requirements/vendor.txt .boot/bin/uv
	@[ -x .venv-vendor/bin/python ] || $(UV) venv --quiet --python $(PYTHON) .venv-vendor
	@$(UV) pip sync --quiet --require-hashes --python .venv-vendor/bin/python requirements/vendor.txt
	@touch $@

# ---------------------------------------------------------------------------------------------------------- program

demo: .venv/run.stamp ## start the demonstration county (RESET=1 starts over; PORT=8000)
	@$(PY) -m hotspots demo $(if $(RESET),--reset) $(if $(PORT),--port $(PORT))

# ------------------------------------------------------------------------------------------------------------ tests

test: .venv/dev.stamp ## run every test on SQLite and PostgreSQL, in a real browser, with the PDF referee
	@sh tests/run $(WORKERS)

test-sqlite: .venv/dev.stamp ## run the tests on SQLite only
	@$(PY) -m pytest -n $(WORKERS) --dist worksteal

test-postgresql: .venv/dev.stamp ## run the tests on PostgreSQL only, without the browser tests
	@HOTSPOTS_TEST_DATABASE=postgresql $(PY) -m pytest -n $(WORKERS) --dist worksteal -m "not browser and not demonstration"

check: .venv/dev.stamp ## every check that is no test, to the end; says which failed (the list: tests/check)
	@sh tests/check

format: .venv/dev.stamp ## put the code into the house's form
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

bench: .venv/dev.stamp ## run the benchmarks
	@$(PY) -m benchmarks

docs: .venv/dev.stamp ## write the pages that are generated from the code
	$(TESTENV) $(PY) -m hotspots docs

# --------------------------------------------------------------------------------------------------- locks and vendor

vendor: .venv-vendor/run.stamp ## fetch, subset and hash the front-end files of look/
	PYTHON="$(CURDIR)/.venv-vendor/bin/python" sh look/vendor/vendor.sh

lock: .boot/bin/uv ## resolve the requirement files again (UPGRADE=1 takes newer versions)
	for name in boot run dev vendor pdfcheck; do $(LOCK) $(if $(UPGRADE),--upgrade) requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## remove the environments and everything that can be made again (the demonstration's data stays)
	rm -rf .boot .venv .venv-pdf .venv-vendor .browser .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist *.egg-info
	find hotspots haven look sealing tests -name __pycache__ -type d -prune -exec rm -rf {} +
