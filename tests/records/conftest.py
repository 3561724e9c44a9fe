import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.files.conftest import pdf
from zhongchuang.records.actions import hand_in


@pytest.fixture
def hands_in(cast):
    """`hands_in("bees.operator_clerk", "lease.pdf", data)` is the file that this person handed in."""

    def one(who, name="lease.pdf", data=None):
        return hand_in(SimpleUploadedFile(name, data or pdf()), by=cast[who])

    return one


@pytest.fixture
def at_once():
    """Calls a function in many threads that start together; the results, faults among them, in no order."""

    def call(count, function):
        gate, results = threading.Barrier(count), []

        def run(number):
            gate.wait()
            try:
                results.append(function(number))
            except Exception as fault:  # noqa: BLE001 -- the test looks at it
                results.append(fault)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return call
