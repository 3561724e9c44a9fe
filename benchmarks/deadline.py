"""The last evening of a window: drafts that are complete, uploads, and everybody hands in at once, through a server of its own.

The worker that imports this has ZHONGCHUANG_DATA and, for PostgreSQL, DATABASE_URL in its environment.
"""

import base64
import contextlib
import json
import logging
import os
import socket
import subprocess
import sys
import time
import uuid
from datetime import date
from pathlib import Path

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "zhongchuang.settings"
django.setup()

from django.conf import settings  # noqa: E402 -- the settings stand first
from django.core.management import call_command  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.test import Client  # noqa: E402

from zhongchuang.audit.models import Entry  # noqa: E402
from zhongchuang.demo.province import code_of, name_of  # noqa: E402
from zhongchuang.gap.packs import all_packs  # noqa: E402
from zhongchuang.organisations.access import Acting  # noqa: E402
from zhongchuang.organisations.forms import NOTICE_VERSION  # noqa: E402
from zhongchuang.organisations.models import Organisation, Post, Region, User  # noqa: E402
from zhongchuang.procedures import actions  # noqa: E402
from zhongchuang.procedures.models import Attachment, Case, Submission  # noqa: E402
from zhongchuang.records.models import Content, Evidence  # noqa: E402
from zhongchuang.spaces.models import Space  # noqa: E402

logging.disable(logging.WARNING)
HERE = Path(__file__).resolve().parent
PACK, PROCEDURE = "zhejiang-2016", "filing"
COUNTY = "330482"
TOKEN = "b" * 32
"""The token of all forms: it is asked for, so it costs what it costs; here all clients hold the same."""

FILES, EACH = 3, 3_400_000
"""Files of an application and bytes of each: about 10 MB in all."""


# --- filling --------------------------------------------------------------------------------------


def build(drafts):
    return lambda: filled(drafts)


def filled(drafts):
    """An empty database with so many complete drafts, each of an operator of its own."""
    begun = time.perf_counter()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        call_command("regions", stdout=nowhere)
    county = Region.objects.get(code=COUNTY)
    for region in (county, county.parent, county.parent.parent):
        Organisation.objects.create(
            name=f"Department {region.name}", kind="department", region=region, level=region.level, competent=True, state="confirmed",
        )  # fmt: skip
    paper = Content.objects.create(
        digest=uuid.uuid4().hex * 2, kept_digest=uuid.uuid4().hex * 2, size=EACH, kind="pdf", pages=1, look="clean",
    )  # fmt: skip
    for number in range(drafts):
        drafted(number, county, paper)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum does in operation
    return {"seconds": time.perf_counter() - begun}


def drafted(number, county, paper):
    """One operator with its head, its space, and a draft in which nothing is missing."""
    operator = Organisation.objects.create(
        name=name_of(number), kind="operator", region=county, credit_code=code_of(number), state="confirmed",
    )  # fmt: skip
    user = User.objects.create_user(f"{number}@bench.example", None, name=f"Head {number}", notice=NOTICE_VERSION)  # fmt: skip
    post = Post.objects.create(user=user, organisation=operator, role="operator_head")
    space = Space.objects.create(
        kind="space", state="confirmed", opened=date(2020, 1, 15), name=name_of(number), operator=operator, region=county,
        path=county.path, words=str(number), floor_area=900, desks=120,
    )  # fmt: skip
    case = actions.begin(space, PACK, PROCEDURE, by=Acting(user, post, "192.0.2.1"))
    Case.objects.filter(pk=case.pk).update(
        entries={entry.id: "开放式办公、会议、路演" * 6 for entry in case.course.entries()}
    )
    for material in case.course.materials:
        if material.required:
            evidence = Evidence.objects.create(
                content=paper, organisation=operator, handed_in_by=user, name=f"{material.id}.pdf"
            )
            Attachment.objects.create(case=case, slot=material.id, evidence=evidence)


# --- the server -----------------------------------------------------------------------------------


@contextlib.contextmanager
def serving(application, workers, **more):
    """The address of a server, as in operation: so many processes with four threads each."""
    connections.close_all()
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
    command = [
        Path(sys.executable).with_name("granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(workers), "--blocking-threads", "4", "--backlog", "1024", "--log-level", "warning", application,
    ]  # fmt: skip
    server = subprocess.Popen(command, env=os.environ | more, stdout=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise SystemExit("The server did not start.")


def crowded(job):
    """What a crowd in a process of its own was told."""
    done = subprocess.run(
        [sys.executable, HERE / "crowd.py"], input=json.dumps(job) + "\n", capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def our_server():
    """Two processes on PostgreSQL; on SQLite, where one writes at a time anyway, one."""
    call_command("collectstatic", interactive=False, verbosity=0)
    return serving("zhongchuang.wsgi:application", 2 if connection.vendor == "postgresql" else 1)


def signed_in(case):
    """The headers of the head of the operator, signed in."""
    client = Client()
    client.force_login(case.operator.posts.get().user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}", "Host": "localhost",
    }  # fmt: skip


# --- what is measured -----------------------------------------------------------------------------


def uploads(count, folder, first=0):
    return lambda: uploaded(count, Path(folder), first)


def uploaded(count, folder, first):
    """Files of 3.4 MB, each another, added to as many drafts as they fill; four browsers at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    slots = [one.id for one in all_packs()[PACK].procedures[PROCEDURE].materials][:FILES]
    requests = []
    for case in Case.objects.filter(state="draft").order_by("pk")[first : first + count // FILES]:
        headers = signed_in(case)
        for slot in slots:
            path, boundary = folder / f"{case.pk}-{slot}", uuid.uuid4().hex
            path.write_bytes(multipart(boundary, case.version))
            kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
            requests.append({"method": "POST", "path": f"/cases/{case.key}/material/{slot}/", "headers": headers | kind, "file": str(path)})  # fmt: skip
    with our_server() as port:
        warm(port, requests[0]["headers"])
        told = crowded({"port": port, "requests": requests, "connections": 4})
    kept = Evidence.objects.filter(name="paper.pdf").count()
    return summary(told) | {"asked": len(requests), "kept": kept}


def multipart(boundary, version):
    """The body of a form with a file, as a browser sends it."""
    fields = {"csrfmiddlewaretoken": TOKEN, "request_key": str(uuid.uuid4()), "version": str(version), "known": ""}  # fmt: skip
    parts = [f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()]  # fmt: skip
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="paper.pdf"\r\nContent-Type: application/pdf\r\n\r\n'  # fmt: skip
    return "".join([*parts, head]).encode() + paper() + f"\r\n--{boundary}--\r\n".encode()


def paper():
    """A PDF of one page, unlike any other, of 3.4 MB."""
    stream = base64.b64encode(os.urandom(EACH * 3 // 4))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    at = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out) + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, at)  # fmt: skip


def submits(count, connections, rate=None):
    return lambda: submitted(count, connections, rate)


def submitted(count, connections, rate):
    """So many applications are handed in; what was acknowledged is counted in the database afterwards."""
    cases = list(Case.objects.filter(state="draft").select_related("operator").order_by("pk")[:count])  # fmt: skip
    before = Submission.objects.count()
    requests = [handing_in(case) for case in cases]
    with our_server() as port:
        warm(port, requests[0]["headers"])
        told = crowded({"port": port, "requests": requests, "connections": connections, "rate": rate})  # fmt: skip
    found = Case.objects.filter(pk__in=[case.pk for case in cases], state="running").count()
    kept = Submission.objects.count() - before
    entries = Entry.objects.filter(verb="case_handed_in").count() - before
    return summary(told) | {"asked": len(cases), "running": found, "kept": kept, "entries": entries}


def handing_in(case):
    body = (
        f"csrfmiddlewaretoken={TOKEN}&request_key={uuid.uuid4()}&version={case.version}&promised=on"
    )
    headers = signed_in(case) | {"Content-Type": "application/x-www-form-urlencoded"}
    return {"method": "POST", "path": f"/cases/{case.key}/check/", "headers": headers, "body": body}


def warm(port, headers):
    """Each process and thread has answered before the clock starts."""
    page = {"method": "GET", "path": "/services/apply/", "headers": headers}
    crowded({"port": port, "requests": [page] * 24, "connections": 8})


def bare(count, connections):
    return lambda: bare_writes(count, connections)


def bare_writes(count, connections):
    """The same crowd before a bare view that writes one row and one audit row."""
    path = {"PYTHONPATH": os.pathsep.join([str(HERE / "peers"), *sys.path])}
    subprocess.run([sys.executable, "-c", "import bare; bare.tables()"], env=os.environ | path, check=True)  # fmt: skip
    headers = {"Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"}
    one = {"method": "POST", "path": "/write/", "headers": headers, "body": "words=" + "x" * 200}
    with serving("bare:application", 2, **path) as port:
        crowded({"port": port, "requests": [one] * 100, "connections": 16})
        told = crowded({"port": port, "requests": [one] * count, "connections": connections})
    return summary(told)


def summary(told):
    """How many were acknowledged, the seconds at the median and at 95 of 100, and how many a second."""
    good = sorted(seconds for status, seconds in told["told"] if status in {200, 302})
    statuses = {}
    for status, _seconds in told["told"]:
        statuses[str(status)] = statuses.get(str(status), 0) + 1
    at = {name: good[min(len(good) - 1, int(len(good) * part))] if good else None for name, part in (("p50", 0.5), ("p95", 0.95))}  # fmt: skip
    return at | {"statuses": statuses, "acknowledged": statuses.get("302", 0), "rate": len(good) / told["seconds"]}  # fmt: skip
