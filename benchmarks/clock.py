"""Time and memory: of steps one by one, and of whole processes."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
"""The environment in which numerical libraries use one thread."""

_BLOCK = 20
_OWN, _CHILDREN = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
_Q = TypeVar("_Q")


@dataclass(slots=True)
class Times:
    """How long each of many like steps took, on the clock and on the processors (ms)."""

    clock: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    def take(self, step: Callable[[], object]) -> None:
        """Do a step and remember how long it took."""
        start, busy = time.perf_counter(), time.process_time()
        step()
        self.processor.append(1e3 * (time.process_time() - busy))
        self.clock.append(1e3 * (time.perf_counter() - start))

    @property
    def p50(self) -> float:
        """Return the median on the clock."""
        return float(np.median(self.clock))

    @property
    def p99(self) -> float:
        """Return what 99 of 100 steps stayed below on the clock."""
        return float(np.percentile(self.clock, 99))

    @property
    def busy(self) -> float:
        """Return the median on the processors, which other programs disturb less."""
        return float(np.median(self.processor))


def in_turn(
    systems: Mapping[str, Callable[[_Q], object]], queries: Sequence[_Q], *, warm_up: int = 20
) -> dict[str, Times]:
    """Put all queries to all systems, some to each in turn, so that a slow minute hits all alike.

    What a system does for its first ``warm_up`` queries is not counted.
    """
    times = {name: Times() for name in systems}
    for ask in systems.values():
        for query in queries[:warm_up]:
            ask(query)
    for start in range(0, len(queries), _BLOCK):
        for name, ask in systems.items():
            for query in queries[start : start + _BLOCK]:
                times[name].take(lambda ask=ask, query=query: ask(query))  # type: ignore[misc]
    return times


@dataclass(frozen=True, slots=True)
class Process:
    """What a finished process used: seconds on the clock and on the processors, its largest MB."""

    seconds: float
    processor: float
    peak_mb: float
    output: str


def whole_process(
    command: Sequence[str], log: Path, env: Mapping[str, str] | None = None
) -> Process:
    """Run a command to its end; processor time and memory are those the system counted.

    ``peak_mb`` is the largest of the process and its children. Raises
    :class:`subprocess.CalledProcessError` where the command fails.
    """
    start = time.perf_counter()
    with log.open("wb") as target:
        child = subprocess.Popen(
            command, stdout=target, stderr=subprocess.STDOUT, env={**os.environ, **(env or {})}
        )
        _, status, used = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    output = log.read_text(encoding="utf-8", errors="replace")
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, list(command), output)
    return Process(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output)


def processor_time() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (_OWN, _CHILDREN))


def megabytes(path: Path) -> float:
    """Return the size of a folder on disk."""
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6


def machine() -> str:
    """Return what the figures depend on: processors, load, Python."""
    load = " ".join(f"{each:.1f}" for each in os.getloadavg())
    return f"{os.cpu_count()} cores ({_processor()}), load {load}"


def _processor() -> str:
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.is_file() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, "unknown processor")
