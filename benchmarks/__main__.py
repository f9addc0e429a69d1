"""Run the benchmarks: ``python -m benchmarks --help``."""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.clock import ONE_THREAD, machine, processor_time
from benchmarks.frame import RECORDS, MissingDataError, Run

NAMES = (
    "quality_ranking",
    "quality_plain",
    "quality_levels",
    "quality_bilingual",
    "text",
    "speed_build",
    "speed_query",
    "main_job",
)
ON_DEMAND = ("growth",)
"""What takes long and several GB, and runs only where it is named."""

QUICK_RECORDS = 500
MANY_THREADED = {"speed_build", "main_job", "growth"}
QUIET = {"LANCEDB_LOG": "error"}

_DATA = "GUANTONG_BENCH_DATA"


def main(arguments: list[str] | None = None) -> int:
    """Run each benchmark in a process of its own; return 1 where one of them failed."""
    given = sys.argv[1:] if arguments is None else arguments
    options = _parser().parse_args(given)
    if options.list:
        print("\n".join(map(_described, (*NAMES, *ON_DEMAND))))
        return 0
    run = Run(
        work=options.work,
        data=options.data,
        quick=options.quick,
        records=options.records or (QUICK_RECORDS if options.quick else RECORDS),
        encoders=tuple(options.encoder),
    )
    run.work.mkdir(parents=True, exist_ok=True)
    if options.here:
        return _here(options.only[0], run)
    print(f"{machine()}, Python {sys.version.split()[0]}\n", flush=True)
    return max(_in_own_process(name, given) for name in options.only or NAMES)


def _in_own_process(name: str, given: list[str]) -> int:
    """Run one benchmark where no other one has filled memory; return 1 where it failed."""
    environment = {**os.environ, **QUIET, **({} if name in MANY_THREADED else ONE_THREAD)}
    command = [sys.executable, "-m", "benchmarks", *given, "--only", name, "--here"]
    return int(subprocess.run(command, env=environment).returncode != 0)


def _here(name: str, run: Run) -> int:
    start, busy = time.perf_counter(), processor_time()
    try:
        tables = importlib.import_module(f"benchmarks.{name}").measure(run)
    except MissingDataError as missing:
        print(f"{name}: skipped, no {missing} in {run.data or 'the data folder'}\n")
        return 0
    seconds, processor = time.perf_counter() - start, processor_time() - busy
    text = "\n".join(table.markdown() for table in tables)
    text += f"\n{name}: {seconds:.0f} s, {processor:.0f} s of processor time; {machine()}\n"
    results = run.work / "results"
    results.mkdir(exist_ok=True)
    (results / f"{name}.md").write_text(text, encoding="utf-8")
    print(text, flush=True)
    return 0


def _described(name: str) -> str:
    about = importlib.import_module(f"benchmarks.{name}").__doc__ or ""
    return f"{name:20} {about.splitlines()[0]}"


def _parser() -> argparse.ArgumentParser:
    data = os.environ.get(_DATA, "../shared")
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--data", type=Path, default=Path(data), help=f"data folder ({_DATA}; now {data})"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("build/bench"), help="where indexes and results are kept"
    )
    parser.add_argument(
        "--only", nargs="+", metavar="NAME", choices=(*NAMES, *ON_DEMAND), help="run only these"
    )
    parser.add_argument(
        "--records", type=int, metavar="N", help=f"size of the large indexes (default {RECORDS:,})"
    )
    parser.add_argument(
        "--encoder", action="append", default=[], metavar="SPEC", help="compare with this one too"
    )
    parser.add_argument(
        "--quick", action="store_true", help="small sizes; the sample city if need be"
    )
    parser.add_argument("--list", action="store_true", help="say what there is and stop")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
