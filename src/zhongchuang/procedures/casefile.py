"""The whole case as one ZIP for auditors, made while it is sent: however large its files are, no more than a block is held.

`sha256sum -c SHA256SUMS` in the unpacked folder says whether anything in it was changed.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils import timezone

from zhongchuang.audit.actions import export_lines
from zhongchuang.audit.models import SEALED, Entry
from zhongchuang.page.listed import answering
from zhongchuang.procedures import printed
from zhongchuang.records.access import may_open
from zhongchuang.records.actions import damaged, opened
from zhongchuang.records.models import Evidence
from zhongchuang.spaces.models import Change

BLOCK = 2**20
SUMS = "SHA256SUMS"
PACKED = (".json", ".jsonl", ".toml")
"""Endings of what is packed; files are stored as they are, for they are packed already."""


@dataclass(frozen=True)
class Part:
    """A file of the archive: its name there, its bytes as they come, and what the manifest says of it."""

    name: str
    blocks: Iterable[bytes]
    about: dict


class Sink:
    """What the ZIP was written into since it was last taken."""

    def __init__(self):
        self.held = []

    def write(self, data):
        self.held.append(bytes(data))
        return len(data)

    def flush(self):
        """Nothing waits here for anything."""

    def taken(self):
        """The bytes so far; they are forgotten."""
        data, self.held = b"".join(self.held), []
        return data


def casefile(case, acting):
    """The bytes of the archive, block by block; what is read of the case itself is read before the first."""
    held, missing = files_of(case), []
    content = {"case": case.number, "made": timezone.now(), "made_by": str(acting.post), "site": str(settings.SITE["name"])}  # fmt: skip
    parts = chain(
        papers(case, acting),
        [chain_of(case, held)],
        attached(held, acting, missing),
        belonging(case, acting, missing),
    )
    return stream(parts, content, missing)


def stream(parts, content, missing):
    """A ZIP of the parts, then a manifest that says what each is, then their digests."""
    sink, told, sums = Sink(), [], []
    with zipfile.ZipFile(sink, "w") as archive:
        for part in parts:
            digest, size = yield from written(archive, sink, part)
            told.append({"name": part.name, "bytes": size, "sha256": digest} | part.about)
            sums.append(f"{digest}  {part.name}\n")
        manifest = as_json(content | {"files": told, "missing": missing})
        digest, _size = yield from written(archive, sink, Part("manifest.json", [manifest], {}))
        sums.append(f"{digest}  manifest.json\n")
        yield from written(archive, sink, Part(SUMS, ["".join(sums).encode()], {}))
    yield sink.taken()


def written(archive, sink, part):
    """Write a part and hand on what came of it; its digest and size are the result."""
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(part.name, timezone.localtime().timetuple()[:6])
    packed = part.name.endswith(PACKED)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o600 << 16
    with archive.open(entry, "w") as file:
        for block in part.blocks:
            digest.update(block)
            size += len(block)
            file.write(block)
            yield sink.taken()
    return digest.hexdigest(), size


def as_json(content):
    return json.dumps(content, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def papers(case, acting):
    """The case in words and as data, the rules by which it goes, the decision."""
    found = [
        Part("case.pdf", [printed.pdf(case, acting)], {"what": "the case in words"}),
        Part("case.json", [as_json(printed.data(case, acting))], {"what": "the case as data"}),
        Part(f"rules/{case.pack}/pack.toml", [case.rules.content.encode()], {"what": "the rules by which it goes, for zhongchuang recompute --packs rules"}),
    ]  # fmt: skip
    if decision := case.decision:
        found.append(Part("decision.json", [decision.content.encode()], {"what": "the decision, for zhongchuang recompute"}))  # fmt: skip
    for number, fell in enumerate(case.decisions.exclude(annulled=None).order_by("pk"), 1):
        found.append(Part(f"decision-fell-{number}.json", [fell.content.encode()], {"what": "a decision that fell in a review"}))  # fmt: skip
    return found


def files_of(case):
    """All files that were ever handed in with it: slot, versions, digest as handed in, and the file; each once."""
    found = {}
    for submission in case.submissions.order_by("number"):
        for slot, files in submission.materials.items():
            for file in files:
                held = found.setdefault((slot, file["key"]), file | {"slot": slot, "versions": []})
                held["versions"].append(submission.number)
    known = Evidence.objects.select_related("content").in_bulk({key for _slot, key in found}, field_name="key")  # fmt: skip
    by_key = {str(key): one for key, one in known.items()}
    return [(told, by_key[key]) for (_slot, key), told in found.items()]


def chain_of(case, held):
    """What the audit chain tells about the case, its files and the changes that it decides on, as the log itself is exported."""
    files = [str(evidence.pk) for _told, evidence in held]
    about = Q(subject_type=Evidence._meta.label_lower, subject_key__in=files)
    changes = [str(key) for key in case.changes.values_list("change", flat=True)]
    about |= Q(subject_type=Change._meta.label_lower, subject_key__in=changes)
    entries = Entry.objects.about(case) | Entry.objects.filter(about)
    rows = entries.order_by("number").values_list(*SEALED, "digest")
    return Part("audit.jsonl", export_lines(rows), {"what": "entries of the audit chain about the case and its files"})  # fmt: skip


def attached(held, acting, missing):
    """The files, one by one as they are sent; one that is not given out stands in `missing` with the reason."""
    for number, (told, evidence) in enumerate(held, start=1):
        about = {"what": "attachment", "slot": told["slot"], "versions": told["versions"], "handed_in_sha256": told["sha256"]}  # fmt: skip
        refusal = may_open(evidence)
        file = None if refusal else opened(evidence.content)
        if file is None:
            if refusal is None:
                damaged(evidence, by=acting.who)
            missing.append(about | {"name": told["name"], "why": refusal.code if refusal else "damaged"})  # fmt: skip
            continue
        with file:
            yield Part(f"files/{told['slot']}/{number:03d}-{told['name']}", blocks_of(file), about)


def belonging(case, acting, missing):
    """What other apps add, one after the other as it is sent; what one of them does not give out stands in `missing`."""
    for parts in answering("casefile_parts"):
        for path, content in parts(case, acting):
            if content is None:
                missing.append({"what": "part of another record", "name": path, "why": "not given out"})  # fmt: skip
            else:
                yield Part(path, [content], {"what": "part of another record"})


def blocks_of(file):
    while block := file.read(BLOCK):
        yield block
