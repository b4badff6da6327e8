# The report in two commands: `make report` builds it, `make test` proves it.
# Everything is installed into .venv beside this file, with the versions and hashes of requirements.lock; what only tests
# and JupyterLab need, of requirements-dev.lock.

PYTHON ?= python3
EDITION ?=
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEV := $(VENV)/.installed-dev
PEERS := $(VENV)/.installed-bench
INSTALL := $(BIN)/python tools/install.py
COMPILE := build/lock/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --quiet
SIDE_BY_SIDE := -n auto --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help report test lab bench install lock clean distclean

help:
	@echo 'make report   собрать доклад: HTML, PDF и Word в папке _book'
	@echo 'make test     проверить всё: программу, данные, главы, готовые документы'
	@echo 'make lab      открыть главы в JupyterLab'
	@echo 'make bench    сравнить: проверку данных – с их чтением, сборку и главы – с обычным papermill, прогнозы – с ETS и тета-моделями'
	@echo 'make install  только установить то, чем собирается доклад, в папку .venv'
	@echo 'make lock     обновить файлы requirements*.lock после правки pyproject.toml'
	@echo 'make clean    удалить собранное: build, _book, figures'
	@echo 'make distclean  удалить собранное и установленное'
	@echo
	@echo 'Другое издание:            make report EDITION=имя-папки-из-data/editions'
	@echo 'Только PDF:                make report ARGS="--to pdf"'
	@echo 'Другой интерпретатор:      make report PYTHON=python3.12'

report: $(STAMP)
	@$(BIN)/report build $(EDITION) $(ARGS)

# A module of tests stays in one process: it shares what it has built.
test: $(DEV)
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) $(ARGS)
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) --nbval-lax chapters $(ARGS)

# JupyterLab as `lab/` sets it up: in Russian, with values in the prose, closed to outside addresses.
lab: $(DEV)
	@$(BIN)/python -m lab $(ARGS)

# Small matrices: threads that wait for each other would cost more than they bring.
bench: $(DEV) $(PEERS)
	@$(BIN)/python -m bench.checking
	@$(BIN)/python -m bench.chapters $(EDITION) $(ARGS)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m bench.forecasts

install: $(STAMP)

# The stamp is touched last, so an interrupted installation is taken up again and a finished one is never repeated.
$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
	  echo 'Не найден $(PYTHON): установите Python 3.11, 3.12 или 3.13 либо назовите его: make report PYTHON=python3.12' >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { \
	  echo '$(PYTHON) не той версии: нужен Python 3.11, 3.12 или 3.13; назовите подходящий: make report PYTHON=python3.12' >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo 'У $(PYTHON) нет модуля venv: в Debian и Ubuntu установите пакет python3-venv и повторите команду' >&2; exit 2; }
	@echo 'Устанавливаю зависимости в папку $(VENV): один раз, нужен доступ к хранилищу пакетов Python.'
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear $(VENV)
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL) --no-build-isolation --no-deps -e .
	@touch $@

# What the report is built without: JupyterLab, tests, comparisons, linters.
$(DEV): requirements-dev.lock $(STAMP)
	@echo 'Устанавливаю JupyterLab и средства проверки в папку $(VENV): тоже один раз.'
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@touch $@

# Peers of the comparison, which goes on without them: then the stamp stays away, and the next time they are tried again.
$(PEERS): requirements-bench.lock $(DEV)
	@echo 'Устанавливаю statsforecast, с которым сравниваются прогнозы (ещё 400 МБ, один раз).'
	@$(INSTALL) --optional --require-hashes -r requirements-bench.lock && touch $@ || :

# uv resolves for all platforms and Python versions at once; the present pins stay unless ARGS=--upgrade asks otherwise.
lock:
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(COMPILE) --extra build --output-file requirements.lock $(ARGS)
	@$(COMPILE) --extra build --extra lab --extra test --extra lint --extra lock --constraint requirements.lock \
	  --output-file requirements-dev.lock $(ARGS)
	@$(COMPILE) --extra bench --constraint requirements-dev.lock --output-file requirements-bench.lock $(ARGS)

clean:
	@rm -rf build _book
	@find figures -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +

distclean: clean
	@rm -rf $(VENV) *.egg-info
