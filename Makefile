# make build    everything, on a fresh machine: environment, inputs, models, tests, publication, the latest quarter
# make test     the same, then lint and all other tests
# Your own data: make build VARS='{input_dir: extracts}', or SETTINGS=settings.yml
# Exports of your CRM or HR system: make init FOLDER=exports

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
VENV_SPARK := .venv-spark
VENV_BENCH := .venv-bench
VENV_SUPERSET := .venv-superset
VARS ?= {}
SETTINGS ?=
TARGET ?= duckdb

.PHONY: build init rollback dashboard exports test test-generated test-postgres test-spark test-superset test-faults test-mutants bench lint docs pictures fixture lock clean
.DELETE_ON_ERROR:

build: $(VENV)/installed
	$(BIN)/python -m sales_kpis build --target $(TARGET) --vars '$(VARS)' \
		$(if $(SETTINGS),--settings $(SETTINGS)) $(if $(ACCEPT_FEWER_ROWS),--accept-fewer-rows)

# what a folder of exports of your CRM and HR systems holds, or a schema (VARS), and a settings file to complete
init: $(VENV)/installed
	$(BIN)/python -m sales_kpis init $(FOLDER) --target $(TARGET) --vars '$(VARS)' $(if $(SETTINGS),--settings $(SETTINGS))

# readers see the version before again
rollback: $(VENV)/installed
	$(BIN)/python -m sales_kpis publish --rollback --target $(TARGET)

# the page of what is published, again: a build writes it, too
dashboard: $(VENV)/installed
	$(BIN)/python -m sales_kpis dashboard --target $(TARGET)

# what is published, as a Tableau extract, Excel workbooks and a dashboard for Superset
exports: $(VENV)/installed
	$(BIN)/python -m sales_kpis exports --target $(TARGET)

# a file at a time on each of two cores, the long ones first
test: build lint
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

# a thousand generated companies, other ones each time
test-generated: $(VENV)/installed
	HYPOTHESIS_EXAMPLES=1000 $(BIN)/python -m pytest tests/python/test_generated_companies.py

# the same answers on PostgreSQL, on a server of the tests' own; part of `make test` where one is installed
test-postgres: $(VENV)/installed
	REQUIRE_POSTGRES=1 $(BIN)/python -m pytest tests/python/test_postgres.py tests/python/test_postgres_publishing.py

# the list of faults in full: a hundred kills of a publication, a hundred of a build, thirty past days; an hour
test-faults: $(VENV)/installed
	PUBLICATION_KILLS=100 BUILD_KILLS=100 DAILY_BUILDS=30 $(BIN)/python -m pytest tests/python/test_publishing.py \
		tests/python/test_build_command.py tests/python/test_determinism.py -k "kill or past_days"

# the same answers on Spark, in an environment of its own; SPARK_CLUSTER=1: on a cluster of two workers
test-spark: $(VENV_SPARK)/installed
	$(VENV_SPARK)/bin/python -m pytest tests/python/test_spark.py

# a Superset of its own imports the published dashboard and shows what is published, in an environment of its own
test-superset: exports $(VENV_SUPERSET)/installed
	$(VENV_SUPERSET)/bin/python -m pytest tests/superset

# every mutant of every core and KPI model; a sample of them is part of `make test`
test-mutants: $(VENV)/installed
	$(BIN)/python -m tests.python.mutation

# how fast it is, against what, and with how much memory, in an environment of its own:
# BENCH='--size 0.1 1 10 --memory-limit 8GB'
bench: $(VENV_BENCH)/installed
	$(VENV_BENCH)/bin/python -m benchmarks $(BENCH)

# the metadata linter reads what `docs` writes, and that looks at the built tables
lint: docs
	$(BIN)/sqlfluff lint --processes 2 models tests analyses
	$(BIN)/dbt-bouncer

# every model and column with the lineage, one file: target/static_index.html
docs: $(VENV)/installed
	$(BIN)/dbt docs generate --no-partial-parse --static

# the README's pictures, of what was built and published
pictures: $(VENV)/installed
	$(BIN)/python -m docs.make_pictures

# seeds and the values expected of them, both from scripts
fixture: $(VENV)/installed
	$(BIN)/python seeds/make_fixture.py
	$(BIN)/python -m tests.python.reference seeds seeds/expected --prefix expected_ --company-scorecard \
		--set as_of_date=2026-11-15 --set reporting_start_date=2023-01-01

$(VENV)/installed: requirements.lock
$(VENV_SPARK)/installed: requirements-spark.lock
$(VENV_BENCH)/installed: requirements-bench.lock
$(VENV_SUPERSET)/installed: requirements-superset.lock
$(VENV)/installed $(VENV_SPARK)/installed $(VENV_BENCH)/installed $(VENV_SUPERSET)/installed:
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# versions and hashes, no addresses
lock: $(VENV)/installed
	$(BIN)/python -m pip install --quiet uv
	for name in requirements requirements-spark requirements-bench requirements-superset; do \
		$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --no-annotate \
			--no-strip-extras --python-version 3.11 $$name.in -o $$name.lock || exit; \
	done

clean:
	rm -rf target logs $(VENV) $(VENV_SPARK) $(VENV_BENCH) $(VENV_SUPERSET)
