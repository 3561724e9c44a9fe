"""Many clients at once, in a process of its own: reads a job as a line of JSON, sends its requests, answers with their times.

A job has `port`, `requests` (method, path, headers, body or file), `connections`, and `rate`: so many requests begin each second
whatever the server does. Without a rate every connection sends its next request as soon as it has an answer.
"""

import http.client
import json
import sys
import threading
import time
from pathlib import Path


def sent(connection, request):
    """The status of a request, and the seconds until all of the answer was there."""
    body = Path(request["file"]).read_bytes() if "file" in request else request.get("body", "").encode()  # fmt: skip
    begun = time.perf_counter()
    connection.request(request["method"], request["path"], body=body, headers=request["headers"])
    answer = connection.getresponse()
    answer.read()
    return answer.status, time.perf_counter() - begun


def client(job, waiting, lock, begun, told):
    """One connection: takes the next request when its moment has come; a broken connection counts as status 0."""
    connection = http.client.HTTPConnection("127.0.0.1", job["port"], timeout=120)
    while True:
        with lock:
            if not waiting:
                return
            number, request = waiting.pop()
        planned = begun + number / job["rate"] if job.get("rate") else None
        if planned:
            time.sleep(max(0.0, planned - time.perf_counter()))
            connection.close()  # each comes anew; the server lets go of a connection that waited for long
        try:
            status, seconds = sent(connection, request)
        except (OSError, http.client.HTTPException):
            status, seconds = 0, 120.0
            connection.close()
        # A request that could not begin in time has waited: that counts too.
        late = time.perf_counter() - planned if planned else seconds
        told.append((status, max(seconds, late)))


def crowd(job):
    waiting, told, lock = list(enumerate(job["requests"]))[::-1], [], threading.Lock()
    begun = time.perf_counter()
    clients = [
        threading.Thread(target=client, args=(job, waiting, lock, begun, told))
        for _ in range(job["connections"])
    ]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return {"told": told, "seconds": time.perf_counter() - begun}


if __name__ == "__main__":
    print(json.dumps(crowd(json.loads(sys.stdin.readline()))), flush=True)
