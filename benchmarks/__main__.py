"""Measure the build: `make bench`, or `python -m benchmarks --size 1 --memory-limit 4GB`.

Each subject runs in turn with the others, in a process of its own. Runs of dbt are timed warm: the project
has been parsed before, with the same settings, and its database is not there yet.

- the build with and without data tests;
- the floor: the same nine answers by hand-written SQL, no dbt, no tests (benchmarks/floor.py);
- the peer: the same as a Polars script (benchmarks/peer.py);
- an empty project of as many nodes, which is dbt's own cost.

Before anything is timed, build, floor and peer run once, and must give the same answers. For each: wall
and processor time, peak memory, bytes on disk; for the build its ten slowest models; and how fast
readers are answered. Table, picture and figures go to target/bench.
"""

import argparse
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from .answers import differences
from .generate import AS_OF_DATE, generate
from .picture import draw

ROOT = Path(__file__).resolve().parents[1]
DBT = Path(sys.executable).with_name("dbt")
REPORTING_START_DATE = "2022-01-01"

#: one KPI, one dimension, all periods
READERS_QUERY = """
    select period_start, dimension_value, value, previous_value from marts.kpi_scorecard
    where kpi = 'lead_conversion_rate' and dimension = 'source' and period_grain = 'month'
    order by period_start, dimension_value
"""


@dataclass
class Measurement:
    """One run of one subject: seconds, bytes, and the seconds of its slowest models."""

    subject: str
    size: float
    wall: float
    processor: float
    peak_memory: int
    on_disk: int
    slowest: dict[str, float]


def measured(command: list, environment: dict[str, str], folder: Path) -> tuple[float, float, int]:
    """Wall time, processor time and peak memory of a command; an error where it fails."""
    with (folder / "output.log").open("wb") as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=output, stderr=output
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{' '.join(map(str, command))}: see {folder / 'output.log'}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def warm_build(
    left_out: list[str], project: list, environment: dict[str, str], folder: Path
) -> tuple[float, float, int]:
    """What `dbt build` of a project takes that `dbt parse` has just read: parsing is not in it."""
    measured([DBT, "parse", *project], environment, folder)
    return measured([DBT, "build", *left_out, *project], environment, folder)


def build(subject: str, inputs: Path, format_: str, size: float, memory_limit: str) -> Measurement:
    """A build from files in a folder of its own; the warehouse stays for the readers."""
    folder = ROOT / "target" / "bench" / "build"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    settings = {
        "input_dir": str(inputs),
        "input_format": format_,
        "as_of_date": AS_OF_DATE,
        "reporting_start_date": REPORTING_START_DATE,
    }
    left_out = ["unit_test", "test"] if "without" in subject else ["unit_test"]
    wall, processor, memory = warm_build(
        ["--exclude-resource-type", *left_out],
        ["--target-path", folder, "--vars", json.dumps(settings)],
        {
            "SALES_KPIS_DUCKDB_PATH": str(folder / "sales_kpis.duckdb"),
            "SALES_KPIS_MEMORY_LIMIT": memory_limit,
        },
        folder,
    )
    results = json.loads((folder / "run_results.json").read_text())["results"]
    slowest = sorted(results, key=lambda result: -result["execution_time"])[:10]
    return Measurement(
        subject,
        size,
        wall,
        processor,
        memory,
        (folder / "sales_kpis.duckdb").stat().st_size,
        {result["unique_id"].split(".")[2]: result["execution_time"] for result in slowest},
    )


def script(name: str, inputs: Path, format_: str, size: float, memory_limit: str) -> Measurement:
    """The floor or the peer; the answers stay in target/bench/floor.duckdb and target/bench/peer/."""
    output = ROOT / "target" / "bench" / {"floor": "floor.duckdb", "peer": "peer"}[name]
    if output.is_dir():
        shutil.rmtree(output)
    output.unlink(missing_ok=True)
    command = [sys.executable, "-m", f"benchmarks.{name}", inputs, output, "--format", format_]
    command += ["--as-of-date", AS_OF_DATE, "--reporting-start-date", REPORTING_START_DATE]
    if name == "floor":
        command += ["--memory-limit", memory_limit]
    wall, processor, memory = measured(command, {"POLARS_MAX_THREADS": "2"}, output.parent)
    files = output.rglob("*.parquet") if output.is_dir() else [output]
    return Measurement(name, size, wall, processor, memory, sum(file.stat().st_size for file in files), {})


def empty_project(subject: str, size: float) -> Measurement:
    """dbt's own cost: a project of as many models and tests that do nothing, parsed before as the build is."""
    manifest = json.loads((ROOT / "target" / "bench" / "build" / "manifest.json").read_text())
    kinds = [
        (node["resource_type"], node["config"].get("materialized")) for node in manifest["nodes"].values()
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "models").mkdir()
        (folder / "tests").mkdir()
        (folder / "dbt_project.yml").write_text(
            "name: empty\nprofile: empty\nflags: {send_anonymous_usage_stats: false, log_level_file: none}\n"
        )
        (folder / "profiles.yml").write_text(
            "empty: {target: d, outputs: {d: {type: duckdb, threads: 2, path: "
            f"{folder / 'empty.duckdb'}}}}}}}\n"
        )
        for number, (kind, materialized) in enumerate(kinds):
            if kind == "model":
                (folder / "models" / f"m{number}.sql").write_text(
                    f"{{{{ config(materialized='{materialized}') }}}}\nselect {number} as n"
                )
            elif kind == "test" and "without" not in subject:
                (folder / "tests" / f"t{number}.sql").write_text("select 1 as n where 1 = 0")
        project = ["--project-dir", folder, "--profiles-dir", folder, "--target-path", folder / "target"]
        wall, processor, memory = warm_build([], project, {}, folder)
    return Measurement(subject, size, wall, processor, memory, 0, {})


def check_answers(*common) -> None:
    """Run build, floor and peer once, untimed; an error where they give other answers.

    common: inputs, format, size, memory limit.
    """
    output = ROOT / "target" / "bench"
    build("build without data tests", *common)
    for name, answers in (("floor", "floor.duckdb"), ("peer", "peer")):
        script(name, *common)
        different = differences(output / "build" / "sales_kpis.duckdb", output / answers)
        if different:
            raise SystemExit(f"the {name} gives other answers: " + "; ".join(different))


def read(warehouse: Path) -> list[float]:
    """The seconds that each of fifty queries took, on a connection of its own."""
    seconds = []
    with duckdb.connect(str(warehouse), read_only=True, config={"threads": 1}) as connection:
        for _ in range(50):
            start = time.perf_counter()
            connection.execute(READERS_QUERY).fetchall()
            seconds.append(time.perf_counter() - start)
    return seconds


def readers(warehouse: Path, count: int = 8) -> float:
    """The median seconds of the scorecard's query with so many readers at once."""
    with ProcessPoolExecutor(count) as pool:
        seconds = sorted(sum(pool.map(read, [warehouse] * count), []))
    return seconds[len(seconds) // 2]


def machine() -> str:
    """What it was measured on, for the table's head."""
    processor = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{processor[1] if processor else platform.processor()}, {len(os.sched_getaffinity(0))} cores,"
        f" {memory:.0f} GB, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )


def table(measurements: list[Measurement]) -> str:
    """A Markdown table, the best of each subject's runs."""
    lines = [
        "| size | subject | runs | wall s | processor s | peak memory GB | on disk GB |",
        "|---|---|---|---|---|---|---|",
    ]
    for size, subject in dict.fromkeys((run.size, run.subject) for run in measurements):
        runs = [run for run in measurements if (run.size, run.subject) == (size, subject)]
        lines.append(
            f"| {size:g} | {subject} | {len(runs)} | {min(run.wall for run in runs):.1f}"
            f" | {min(run.processor for run in runs):.1f}"
            f" | {max(run.peak_memory for run in runs) / 1e9:.2f} | {runs[0].on_disk / 1e9:.2f} |"
        )
    return "\n".join(lines)


def ratios(measurements: list[Measurement]) -> list[str]:
    """What the goals are about, from the best of each subject's runs, dbt's own cost taken off."""

    def best(subject: str, size: float) -> float:
        return min(run.wall for run in measurements if (run.subject, run.size) == (subject, size))

    lines, own = [], {}
    for size in dict.fromkeys(run.size for run in measurements):
        for tests in ("without", "with"):
            empty = best(f"empty project {tests} tests", size)
            own[size, tests] = best(f"build {tests} data tests", size) - empty
            for script_name in ("floor", "peer"):
                ratio = own[size, tests] / best(script_name, size)
                lines.append(f"- size {size:g}, {tests} data tests: {ratio:.1f} times the {script_name}")
    sizes = list(dict.fromkeys(run.size for run in measurements))
    for smaller, larger in zip(sizes, sizes[1:]):
        growth = own[larger, "without"] / own[smaller, "without"]
        lines.append(f"- from size {smaller:g} to {larger:g}: {growth:.1f} times the time")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=float, nargs="+", default=[0.1])
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    parser.add_argument("--memory-limit", default="4GB", help="DuckDB's, such as 4GB")
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument(
        "--build-only",
        action="store_true",
        help="the build without data tests and nothing beside it, for what floor and peer cannot hold",
    )
    parser.add_argument("--inputs", type=Path, default=ROOT / "target" / "bench" / "inputs")
    options = parser.parse_args()

    output = ROOT / "target" / "bench"
    output.mkdir(parents=True, exist_ok=True)
    measurements: list[Measurement] = []
    conditions = f"{machine()}, memory limit {options.memory_limit}, {options.format} inputs"
    report = [conditions, ""]

    def note(measurement: Measurement) -> None:
        measurements.append(measurement)
        print(f"{measurement.size:g} {measurement.subject}: {measurement.wall:.1f} s", flush=True)

    for size in options.size:
        inputs = options.inputs / f"{size:g}" / options.format
        if not (inputs / "reference" / f"kpi_targets.{options.format}").exists():
            generate(inputs, size, options.format)
        common = (inputs, options.format, size, options.memory_limit)
        if not options.build_only:
            check_answers(*common)
        for _ in range(options.repeats):
            note(build("build without data tests", *common))
            if options.build_only:
                continue
            note(build("build with data tests", *common))
            for name in ("floor", "peer"):
                note(script(name, *common))
            for tests in ("without", "with"):
                note(empty_project(f"empty project {tests} tests", size))
        answered = readers(output / "build" / "sales_kpis.duckdb")
        report.append(f"Eight readers at once, size {size:g}: {1000 * answered:.0f} ms (median)")
    report += ["", table(measurements)]
    if not options.build_only:
        report += ["", "Dbt's own cost taken off:", "", *ratios(measurements)]
    report += ["", "Ten slowest models of the last build:", ""]
    builds = [run for run in measurements if run.slowest]
    report += [f"- {name}: {seconds:.1f} s" for name, seconds in builds[-1].slowest.items()]
    (output / "results.md").write_text("\n".join(report) + "\n", encoding="utf-8")
    (output / "results.json").write_text(
        json.dumps([asdict(run) for run in measurements], indent=1), encoding="utf-8"
    )
    draw([asdict(run) for run in measurements], conditions, output)
    print("\n".join(report))


if __name__ == "__main__":
    main()
