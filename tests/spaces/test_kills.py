"""What the running site answered is kept, whenever its server is killed (R-01); more kills with ZHONGCHUANG_FAULTS=full."""

import contextlib
import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings as configured
from django.db import connection
from django.test import Client

from zhongchuang.audit.models import Entry
from zhongchuang.audit.verification import verify
from zhongchuang.spaces.models import Particulars, Premises, Space

pytestmark = [
    pytest.mark.faults,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL"),
]
FULL = os.environ.get("ZHONGCHUANG_FAULTS") == "full"
KILLS = 500 if FULL else 20
CLIENTS = 3
TOKEN = "k" * 32
ROOT = Path(__file__).parents[2]


class Site:
    """A granian server that is started and killed again and again."""

    def __init__(self, folder):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = os.environ | {
            "KILLED_FOLDER": str(folder), "KILLED_DATABASE": str(connection.settings_dict["NAME"]),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "ZHONGCHUANG_DATA": str(configured.DATA), "DJANGO_SETTINGS_MODULE": "zhongchuang.settings",
        }  # fmt: skip
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [
                Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--port", str(self.port),
                "--blocking-threads", "4", "--log-level", "critical", "tests.spaces.killed_site:application",
            ],
            env=self.environment, cwd=ROOT, start_new_session=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        for _wait in range(600):
            with contextlib.suppress(OSError, http.client.HTTPException):
                line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                line.request("GET", "/display/")
                if line.getresponse().status == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Operator(threading.Thread):
    """Registers space after space, each with a site, and submits it; asks again when no answer came."""

    def __init__(self, number, site, user, over):
        super().__init__()
        self.site, self.over, self.number = site, over, number
        client = Client()
        client.force_login(user)
        cookies = {configured.SESSION_COOKIE_NAME: client.session.session_key, "csrftoken": TOKEN}
        self.headers = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.answers = []

    def run(self):
        while not self.over.is_set():
            name = f"{self.number}-{len(self.answers)}"
            address = self.say(
                "registered",
                name,
                "/spaces/new/",
                opened="2020-03-01",
                kind="space",
                region="330482",
                address="A",
                name=name,
            )
            if address is None:
                return
            self.say(
                "site",
                name,
                f"{address}premises/new/",
                name=name,
                floor_area="600",
                on="2020-03-01",
            )
            self.say("submitted", name, f"{address}submit/")

    def say(self, what, who, path, **form):
        """Sends one form until it is answered; the address that the answer leads to."""
        body = urlencode(form | {"request_key": uuid.uuid4(), "csrfmiddlewaretoken": TOKEN})
        while not self.over.is_set():
            try:
                status, location = self.ask(path, body)
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            # The same form asked again, after its answer was lost, gets the same answer.
            assert status == 302, (what, status)
            self.answers.append((what, who))
            return location
        return None

    def ask(self, path, body):
        line = http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=20)
        try:
            line.request("POST", path, body, self.headers)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.getheader("Location")
        finally:
            line.close()


def test_nothing_that_the_site_answered_is_lost_and_nothing_is_half_written(
    cast, tmp_path, record_property
):
    site, over, dice = Site(tmp_path), threading.Event(), random.Random(7)  # noqa: S311 -- moments, not secrets
    operators = [Operator(n, site, cast.people["bees.operator_head"], over) for n in range(CLIENTS)]
    connection.close()
    site.start()
    for operator in operators:
        operator.start()
    for kill in range(KILLS):
        time.sleep(dice.uniform(0.1, 0.8))
        site.kill()
        if kill + 1 < KILLS:
            site.start()
    over.set()
    for operator in operators:
        operator.join()
    answers = [answer for operator in operators for answer in operator.answers]
    record_property("answers", len(answers))
    check(answers)


def check(answers):
    """Every answer has its rows, each once; rows that belong together are there together, and the chain is whole."""
    of = {
        what: [name for kind, name in answers if kind == what]
        for what in ("registered", "site", "submitted")
    }
    spaces = list(Space.objects.values_list("name", flat=True))
    sites = list(Premises.objects.values_list("name", flat=True))
    assert len(answers) > KILLS
    assert (set(of["registered"]) - set(spaces), len(spaces)) == (set(), len(set(spaces)))
    assert set(of["site"]) - set(sites) == set()
    submitted = Space.objects.filter(state="submitted").values_list("name", flat=True)
    assert set(of["submitted"]) - set(submitted) == set()
    assert Particulars.objects.count() == len(spaces)
    counted = {
        verb: Entry.objects.filter(verb=verb).count()
        for verb in ("space_registered", "premises_add", "space_submitted")
    }
    assert counted == {
        "space_registered": len(spaces),
        "premises_add": len(sites),
        "space_submitted": len(submitted),
    }
    assert verify().faults == []
