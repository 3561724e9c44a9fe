"""A process that measures: reads a line of JSON, does one task, answers with a line of JSON.

Started as `worker.py MODULE`. A request names a task, a function of the module; called with the
arguments it gives the work to be timed, or the work and what is done untimed before each time.
"""

import importlib
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def seconds(work, before, repeat, clock=time.perf_counter):
    """Seconds for one run of the work, on average over so many."""
    if before is None:
        begun = clock()
        for _ in range(repeat):
            work()
        return (clock() - begun) / repeat
    total = 0.0
    for _ in range(repeat):
        before()
        begun = clock()
        work()
        total += clock() - begun
    return total / repeat


def main(module):
    tasks, prepared = importlib.import_module(module), {}
    for line in sys.stdin:
        request = json.loads(line)
        if request["want"] == "forget":
            prepared.clear()
            answer = None
        else:
            key = json.dumps([request["task"], request["args"]])
            if key not in prepared:
                found = getattr(tasks, request["task"])(**request["args"])
                prepared[key] = found if isinstance(found, tuple) else (found, None)
            work, before = prepared[key]
            if request["want"] == "seconds":
                answer = seconds(work, before, request["repeat"])
            elif request["want"] == "processor":
                answer = seconds(work, before, request["repeat"], time.process_time)
            else:
                if before:
                    before()
                answer = work()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
