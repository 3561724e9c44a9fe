"""Takes turns, keeps the times, and shows them as ratios."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
LONG_ENOUGH = 0.02
"""Seconds that one turn takes at least: short work is repeated inside its turn."""


class Worker:
    """A process that does our tasks or those of the peers."""

    def __init__(self, python, module, **variables):
        self.process = subprocess.Popen(
            [python, HERE / "worker.py", module], cwd=HERE, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=os.environ | variables,
        )  # fmt: skip

    def ask(self, want, task="", repeat=1, **args):
        request = {"want": want, "task": task, "args": args, "repeat": repeat}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"The task {task} failed; its message stands above.")
        return json.loads(line)

    def answer(self, task, **args):
        return self.ask("answer", task, **args)

    def forget(self):
        """Let go of all prepared data."""
        self.ask("forget")

    def end(self):
        self.process.stdin.close()
        self.process.wait()


@dataclass
class Times:
    """Seconds of several turns."""

    all: list

    @property
    def median(self):
        return statistics.median(self.all)

    def __str__(self):
        return f"{duration(self.median)} ({duration(min(self.all))} – {duration(max(self.all))})"


def duration(seconds):
    """Three digits with a unit."""
    for unit, size in (("s", 1), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-6:.3g} µs"


class Bench:
    """What the measures work with: the processes, a folder for files, and the lines of the table."""

    def __init__(self, workers, folder, command, *, quick):
        self.workers, self.folder, self.command, self.quick = workers, folder, command, quick
        self.rounds = 5 if quick else 9
        self.lines, self.notes = [], []

    def sizes(self, *sizes):
        """Those sizes that are measured."""
        return [size for size in sizes if not self.quick or size <= 100_000]

    def task(self, who, name, **args):
        """A contender: a task of a worker."""
        return lambda repeat: self.workers[who].ask("seconds", name, repeat, **args)

    @staticmethod
    def processor_seconds(command, times=5):
        """Seconds of the processor that a process takes, whatever else the machine does; 0 where unknown."""
        before = os.times()
        for _ in range(times):
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        after = os.times()
        return (
            after.children_user
            + after.children_system
            - before.children_user
            - before.children_system
        ) / times

    @staticmethod
    def process(*command):
        """A contender: a fresh process; its output is thrown away."""

        def run(repeat):
            begun = time.perf_counter()
            for _ in range(repeat):
                done = subprocess.run(
                    command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False
                )
                if done.returncode:
                    raise SystemExit(f"{command}: {done.stderr.decode(errors='replace')}")
            return (time.perf_counter() - begun) / repeat

        return run

    def turns(self, rounds=None, **contenders):
        """The times of all contenders, which take turns; each is warm before its first turn."""
        repeats = {}
        for name, run in contenders.items():
            run(1)
            repeats[name] = max(1, round(LONG_ENOUGH / max(run(1), 1e-7)))
        found = {name: [] for name in contenders}
        for _ in range(rounds or self.rounds):
            for name, run in contenders.items():
                found[name].append(run(repeats[name]))
        return {name: Times(times) for name, times in found.items()}

    def at_most(self, title, ours, peer, limit, peer_name):
        """A line: ours may take so many times as long as the peer."""
        ratio = ours.median / peer.median
        self._line(
            title, ours, f"{peer_name}: {peer}", f"{ratio:.2f} ×", f"≤ {limit} ×", ratio <= limit
        )

    def faster(self, title, ours, peer, limit, peer_name):
        """A line: ours is to be so many times faster than the peer; no limit, no target."""
        ratio = peer.median / ours.median
        target, met = (f"≥ {limit} × faster", ratio >= limit) if limit else ("", None)
        self._line(title, ours, f"{peer_name}: {peer}", f"{ratio:.3g} × faster", target, met)

    def within(self, title, ours, limit, beside=""):
        """A line: ours is to take at most so many seconds."""
        target, met = (f"≤ {limit} s", ours.median <= limit) if limit else ("", None)
        self._line(title, ours, beside, "", target, met)

    def counted(self, title, ours, peers, ratio, target, met):
        """A line that is no time."""
        self._line(title, ours, peers, ratio, target, met)

    def _line(self, title, ours, peer, ratio, target, met):
        verdict = "" if met is None else "met" if met else "not met"
        self.lines.append((title, str(ours), peer, ratio, target, verdict))
        print(
            "  " + " · ".join(part for part in self.lines[-1] if part), file=sys.stderr, flush=True
        )


def shown_table(lines):
    """The lines as a Markdown table that reads well as it stands."""
    head = ("measure", "ours: median (least – most)", "peer", "ratio", "target", "")
    widths = [max(len(row[place]) for row in (head, *lines)) for place in range(len(head))]
    rows = [head, tuple("-" * width for width in widths), *lines]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    )
