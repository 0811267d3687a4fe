"""What processes use, from /proc: a server with its children counts as one. Linux only."""

import time
from collections.abc import Iterable
from pathlib import Path


def cpu_seconds(pid: int) -> float:
    """User and system time of the process and of its living children, so far, to the microsecond."""
    return sum(map(_cpu, tree(pid)))


def pss_mb(pid: int) -> float:
    """Memory of the process and its children, shared pages divided among those that share them."""
    return sum(map(_pss, tree(pid))) / 1024


def peak_mb(pid: int) -> float:
    """The most memory the process held since `forget_peak`."""
    return _kilobytes(Path(f"/proc/{pid}/status").read_text().splitlines(), "VmHWM") / 1024


def forget_peak(pid: int) -> None:
    """Count the peak from now on."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def tree(pid: int) -> list[int]:
    """The process, its children, and theirs."""
    found = [pid]
    for parent in found:
        found.extend(_children(parent))
    return found


def cpu_model() -> str:
    """What the machine calls its processor."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _children(pid: int) -> list[int]:
    try:
        return [int(word) for task in Path(f"/proc/{pid}/task").iterdir() for word in _read(task / "children").split()]
    except FileNotFoundError:
        return []


def _cpu(pid: int) -> float:
    try:
        return time.clock_gettime(~pid << 3 | 2)  # the CPU clock of another process (clock_getcpuclockid)
    except OSError:  # it has ended meanwhile
        return 0.0


def _pss(pid: int) -> int:
    return _kilobytes(_read(Path(f"/proc/{pid}/smaps_rollup")).splitlines(), "Pss")


def _kilobytes(lines: Iterable[str], name: str) -> int:
    return next((int(line.split()[1]) for line in lines if line.startswith(f"{name}:")), 0)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
