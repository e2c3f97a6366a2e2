# `make` lists the targets. The work is done by small scripts in tools/; they need Python 3.12 or newer, nothing else.

PYTHON ?= $(shell for p in python3.13 python3.14 python3.12 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1 && { echo $$p; exit; }; \
	done; command -v python3)
START = @$(or $(PYTHON),$(error Python 3.12 or newer is needed, and there is none here)) tools
VENV = @.venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run demo test coverage lint format messages bench hammer storm pictures lock clean base dev

help: ## List the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

run: ## Start the paper on http://127.0.0.1:8000 (another port: make run PORT=8001)
	$(START)/run.py

demo: ## Empty this machine's paper and load the demo edition afresh
	$(START)/run.py fresh

test: dev ## Run every test that can run on this machine (REQUIRE=all: every test there is)
	$(VENV) tools/suite.py

coverage: dev ## Say which lines and branches the tests leave out
	$(VENV) -m pytest -n auto --dist worksteal -m "not browser" --cov --cov-report term-missing:skip-covered

lint: dev ## Check style, types, templates, migrations, settings and translations
	$(VENV) tools/lint.py

format: dev ## Rewrite code and templates in the house style
	$(VENV) tools/lint.py --fix

messages: base ## Collect the texts to translate, then compile the translations (needs gettext)
	$(VENV) tools/messages.py

bench: dev ## Measure what pages cost (SIZES="1000 10000 200000", ARGS="--markdown FILE --long")
	$(VENV) tools/bench.py $(if $(SIZES),--sizes $(SIZES)) $(ARGS)

hammer: dev ## Change everything and look whether readers see it at once (CHANGES=10000 SEED=7)
	$(VENV) tools/hammer.py

storm: dev ## Let networks, servers and sessions fail while two editors type (ROUNDS=1000 SEED=7)
	$(VENV) tools/storm.py

pictures: dev ## Take the pictures of docs/editors.md anew, from the demo edition (needs a Chromium)
	$(VENV) tools/guide.py

lock: base ## Lock requirements/*.in anew, to the newest versions they allow
	$(VENV) tools/lock.py

clean: ## Remove what make made: .venv, caches, the database, pictures and mails in var/
	$(START)/clean.py

base dev:
	$(START)/environment.py $@
