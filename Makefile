# Builds, runs and checks Careledger; every command a user or the CI types is a target here.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

PYTHON ?=
EVENTS ?= 2000000
LEGS ?= 10000000
ROWS ?= 1000000
PYTEST_ARGS ?=

BIN := .venv/bin
SYNCED := .venv/synced
# WeasyPrint loads these by name at start; without a font it would draw empty boxes.
PDF_PACKAGES := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core

# Behind a proxy that reads TLS, only the machine's own list has the certificate it signs with.
MACHINE_CERTIFICATES ?= $(wildcard /etc/ssl/certs/ca-certificates.crt)
ifneq ($(MACHINE_CERTIFICATES),)
export SSL_CERT_FILE ?= $(MACHINE_CERTIFICATES)
export PIP_CERT ?= $(MACHINE_CERTIFICATES)
export REQUESTS_CA_BUNDLE ?= $(MACHINE_CERTIFICATES)
export NODE_EXTRA_CA_CERTS ?= $(MACHINE_CERTIFICATES)
endif

RELEASE_TOOL := $(BIN)/uv run --quiet --no-project --isolated --with-requirements deploy/release.lock
NPM := frontend/with-node npm --loglevel=error
NODE_MODULES := frontend/node_modules/.package-lock.json
DASHBOARD := frontend/dist/index.html

.PHONY: help
help: ## List the targets
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: demo
demo: $(SYNCED) $(DASHBOARD) pdf-packages ## Set up and run everything on real-looking data with live traffic, until Ctrl-C
	@$(BIN)/python -m deploy.local demo

.PHONY: up
up: $(SYNCED) $(DASHBOARD) pdf-packages ## Start the stack and the services in the background
	@$(BIN)/python -m deploy.local up

.PHONY: down
down: $(SYNCED) ## Stop them; the data stay
	@$(BIN)/python -m deploy.local down

.PHONY: clean
clean: $(SYNCED) ## Stop them and forget the data
	@$(BIN)/python -m deploy.local clean

.PHONY: frontend
frontend: $(DASHBOARD) ## Build the dashboard that report-api serves at /staff/reports

.PHONY: check
check: fmt lint types layers architecture deployment dashboard ## Check format, lint, types, layers, architecture and generated documents

.PHONY: test
test: $(SYNCED) $(DASHBOARD) pdf-packages ## Run every test but the long ones, on a real Kafka, PostgreSQL, Valkey and Chromium
	@$(BIN)/pytest -m "not long and not keycloak and not mariadb" $(PYTEST_ARGS)
	@$(NPM) test
	@deploy/packages.sh chromium
	@$(NPM) run e2e

.PHONY: test-fast
test-fast: $(SYNCED) pdf-packages ## Run the Python tests that need no servers, with the network cut off
	@$(BIN)/pytest -n auto -m "not integration and not e2e and not long and not keycloak and not mariadb" --disable-socket --allow-unix-socket $(PYTEST_ARGS)

.PHONY: test-dashboard
test-dashboard: $(SYNCED) $(NODE_MODULES) ## Run the dashboard's tests that need no browser
	@$(NPM) test

.PHONY: test-long
test-long: $(SYNCED) pdf-packages ## Run the long tests
	@$(BIN)/pytest -m long $(PYTEST_ARGS)

.PHONY: test-keycloak
test-keycloak: $(SYNCED) ## Run the tests of sign-in on a real Keycloak (downloads 170 MB once)
	@$(BIN)/pytest -m keycloak tests/keycloak $(PYTEST_ARGS)

.PHONY: test-mariadb
test-mariadb: $(SYNCED) ## Run the tests of a practice's database on a real MariaDB (installs Debian's)
	@deploy/packages.sh mariadb-server-core
	@$(BIN)/pytest -m mariadb tests/extraction $(PYTEST_ARGS)

.PHONY: mutants
mutants: $(SYNCED) ## Change one formula at a time and see that the tests of the figures notice
	@$(BIN)/pytest -m long tests/mutants $(PYTEST_ARGS)

.PHONY: bench-apply
bench-apply: $(SYNCED) ## Measure events from Kafka into every reporting table (EVENTS=2000000)
	@$(BIN)/python -m bench.apply --events $(EVENTS)

.PHONY: bench-pdf
bench-pdf: $(SYNCED) pdf-packages ## Measure documents from the request to the file: a year, 2 000 and 10 000 rows, 20 at once
	@$(BIN)/python -m bench.pdf

.PHONY: bench-extract
bench-extract: $(SYNCED) ## Measure a practice's database into visible reports (ROWS=1000000)
	@$(BIN)/python -m bench.extract --rows $(ROWS)

.PHONY: bench-api
bench-api: $(SYNCED) ## Measure the report API under load, on a large ledger made once (LEGS=10000000)
	@$(BIN)/python -m bench.api --legs $(LEGS)

.PHONY: lighthouse
lighthouse: $(SYNCED) $(DASHBOARD) ## Ask Lighthouse about the main pages of the dashboard, three runs each
	@deploy/packages.sh chromium
	@$(BIN)/python -m bench.lighthouse

.PHONY: docs
docs: $(SYNCED) ## Regenerate the reference documents and schemas
	@$(BIN)/python -m careledger.documents

.PHONY: lock
lock: $(SYNCED) ## Resolve the Python and Kafka dependencies anew and write their locks
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-package careledger \
	  --group dev pyproject.toml shared/pyproject.toml services/*/pyproject.toml --output-file requirements.lock
	@echo uv-build | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-package careledger \
	  --constraint requirements.lock - shared/pyproject.toml services/*/pyproject.toml --output-file deploy/docker/requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --group release pyproject.toml --output-file deploy/release.lock
	@$(BIN)/python -m deploy.local lock-kafka

.PHONY: sbom
sbom: $(SYNCED) $(NODE_MODULES) ## Write what a release is made of as CycloneDX documents, to dist/sbom
	@mkdir -p dist/sbom
	@$(RELEASE_TOOL) cyclonedx-py requirements --output-reproducible --of JSON -o dist/sbom/services.cdx.json deploy/docker/requirements.lock
	@cd frontend && ./with-node npm --loglevel=error sbom --sbom-format cyclonedx --omit dev > ../dist/sbom/dashboard.cdx.json
	@echo "written: dist/sbom/services.cdx.json, dist/sbom/dashboard.cdx.json"

.PHONY: audit
audit: $(SYNCED) $(NODE_MODULES) ## Ask the advisory services about every locked package (needs the network)
	@$(RELEASE_TOOL) pip-audit --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off
	@cd frontend && ./with-node npm audit

.PHONY: fmt lint types layers architecture deployment dashboard pdf-packages
fmt: $(SYNCED)
	@$(BIN)/ruff format --check
lint: $(SYNCED)
	@$(BIN)/ruff check
types: $(SYNCED)
	@$(BIN)/basedpyright
layers: $(SYNCED)
	@$(BIN)/lint-imports
architecture: $(SYNCED)
	@$(BIN)/pytest --quiet tests/architecture
	@$(BIN)/python -m careledger.documents --check
deployment: $(SYNCED)
	@$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	@$(BIN)/hadolint deploy/docker/Dockerfile
dashboard: $(DASHBOARD)
	@$(NPM) run check
pdf-packages:
	@deploy/packages.sh $(PDF_PACKAGES)

# A clone that was moved, or whose Python is gone, needs a new environment.
ifneq ($(shell { .venv/bin/python -c '' && cat .venv/clone-path; } 2>/dev/null),$(CURDIR))
.PHONY: $(SYNCED)
endif
$(SYNCED): requirements.lock shared/pyproject.toml $(wildcard services/*/pyproject.toml) deploy/bootstrap.sh
	@PYTHON="$(PYTHON)" deploy/bootstrap.sh
	@touch $@

$(NODE_MODULES): $(SYNCED) frontend/package.json frontend/package-lock.json frontend/.npmrc
	@echo "installing the dashboard's packages"
	@$(NPM) ci
	@touch $@
$(DASHBOARD): $(NODE_MODULES) frontend/index.html frontend/vite.config.ts $(shell find frontend/src -type f)
	@echo "building the dashboard"
	@$(NPM) run build
