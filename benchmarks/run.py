"""Measures the engine beside its peers and prints ratios: `python benchmarks/run.py [names…] [--quick]`.

All contenders of a measure take turns (A B A B …), so that what slows the machine slows all of them.
"""

import argparse
import hashlib
import os
import platform
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from measures import MEASURES
from timing import Bench, Worker, shown_table

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
VENV = ROOT / ".venv-bench"
PEERS = ("openfisca-core", "zen-engine", "rule-engine", "numpy", "pandas", "polars", "duckdb")


def program(venv, name):
    """A program of an environment."""
    windows = os.name == "nt"
    return venv / ("Scripts" if windows else "bin") / (f"{name}.exe" if windows else name)


def peers_environment():
    """The Python of the peers; installs what the lock names where it is new."""
    lock, stamp = HERE / "requirements.lock", VENV / "installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    python = program(VENV, "python")
    if not (stamp.exists() and stamp.read_text() == wanted):
        print("» installing the peers into .venv-bench", flush=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        subprocess.run([*pip, "--require-hashes", "--no-deps", "-r", lock], check=True)
        stamp.write_text(wanted)
    return python


def machine(python):
    """One line about the machine and one about the versions."""
    names = ", ".join(repr(name) for name in PEERS)
    code = f"from importlib.metadata import version as v\nprint(', '.join(n + ' ' + v(n) for n in ({names},)))"
    peers = subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    processor = platform.processor() or platform.machine()
    cpus = Path("/proc/cpuinfo")
    if cpus.exists():
        models = [
            line.partition(":")[2].strip()
            for line in cpus.read_text().splitlines()
            if line.startswith("model name")
        ]
        processor = models[0] if models else processor
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{processor}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, {load} at the start\n"
        f"Python {platform.python_version()}, numpy {version('numpy')}; peers: {peers}"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"what to measure: {', '.join(MEASURES)}; else all"
    )
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds and at most 100,000 spaces"
    )
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in MEASURES]
    if unknown:
        parser.error(f"no measure {unknown[0]}; there are {', '.join(MEASURES)}")
    python = peers_environment()
    print(machine(python), "\n", sep="", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        workers = {"ours": Worker(sys.executable, "ours"), "peers": Worker(python, "peers.tasks")}
        command = program(Path(sys.executable).parent.parent, "zhongchuang")
        bench = Bench(workers, Path(folder), command, quick=options.quick)
        for name in options.names or MEASURES:
            print(f"» {name}", file=sys.stderr, flush=True)
            MEASURES[name](bench)
            for worker in workers.values():
                worker.forget()
        for worker in workers.values():
            worker.end()
    print(shown_table(bench.lines))
    for note in bench.notes:
        print(note)


if __name__ == "__main__":
    main()
