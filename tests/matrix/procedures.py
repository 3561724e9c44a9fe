"""Applications and their course: seen by the operator, and once handed in by the officials of the reach."""

import hashlib
import uuid
from datetime import timedelta

from django.utils import timezone

from tests.matrix import records
from tests.matrix.rows import ABOVE, COUNTY, OFFICIALS, OWN, Form, Secret, at, public, row
from tests.matrix.spaces import HEAD, RUN_IT, code, registered
from zhongchuang.gap.packs import all_packs
from zhongchuang.organisations.models import User
from zhongchuang.policy.procedure import last_day
from zhongchuang.procedures import actions
from zhongchuang.procedures.extended import rounds
from zhongchuang.procedures.models import Advice, Batch, Case, Extension, RuleVersion
from zhongchuang.records.models import Evidence

READ = {"clerk", "reviewer", "approver"}
LOOK_ON = at(READ, COUNTY, ABOVE)
SEEN = {200: RUN_IT | LOOK_ON}
OURS = {200: RUN_IT}
CLERKS_ABOVE = at({"clerk"}, ABOVE)
"""The city takes the first step: of the clerks above the county one is right, the other at the wrong department."""
APPROVERS_ABOVE = at({"approver"}, ABOVE)
FIRST_STEP = {(200, 403): CLERKS_ABOVE, 403: (LOOK_ON - CLERKS_ABOVE) | RUN_IT}
GUIDE = {"pack": "zhejiang-2016", "procedure": "filing"}


def evidence(world, owner):
    return Evidence.objects.get(key=records.handed_in(world, owner))


def draft(world, owner):
    return actions.begin(registered(world, owner), "zhejiang-2016", "filing", by=world[HEAD])


def complete(world, owner, **words):
    case, by = draft(world, owner), world[HEAD]
    texts = {entry.id: f"our {entry.id}" for entry in case.course.entries()} | words
    actions.write(case, by=by, version=case.version, **texts)
    file = evidence(world, owner)
    for material in case.course.materials:
        if material.required:
            actions.attach(case, by=by, slot=material.id, evidence=file)
    return case


def handed_in(world, owner, **words):
    case = complete(world, owner, **words)
    return actions.hand_in(case, by=world[HEAD], version=case.version, promised=True, at=timezone.now())  # fmt: skip


def unmistakable(world, owner):
    return handed_in(world, owner, rules="words of a dunnock")


def refused(world, owner):
    case = handed_in(world, owner)
    actions.move(case, "propose", by=world["jia.clerk"], version=case.version, proposed="refuse", words="too small")  # fmt: skip
    return actions.move(case, "sign", by=world["jia.approver"], version=case.version)


def key(make):
    return lambda world, owner: make(world, owner).key


def file_of(world, owner):
    """The first file of the newest case, which was made just before."""
    return Case.objects.latest("pk").attachments.first().pk


def known_file(world, owner):
    return {"known": str(evidence(world, owner).key)}


def judged(world, owner):
    return {"words": "looked at"}


def asked(world, owner):
    case = handed_in(world, owner)
    return actions.ask(
        case, by=world["jia.clerk"], colleague=world["jia.reviewer"].user, question="is it enough"
    )


def newest_advice(world, owner):
    """The question about the newest case, which was asked just before."""
    return Advice.objects.latest("pk").pk


def colleague(role):
    return lambda world, owner: {
        "colleague": str(world[f"jia.{role}"].user.pk),
        "words": "please look",
    }


def second_clerk(world, owner):
    """A clerk beside the first one, to hand over to."""
    known = User.objects.filter(email="extra@example.org").first()
    user = known or world.person("extra", organisation=world.organisations["jia"], role="clerk")
    return {"colleague": str(user.pk), "words": "please look"}


HUNAN = {"pack": "hunan-2016", "procedure": "recognition"}


def more_time(world, owner, reason="the platform stood still"):
    """A proposal of more time for the round of Hunan that ended last."""
    pack = all_packs()["hunan-2016"]
    procedure, today = pack.procedures["recognition"], timezone.localdate()
    (first, _last), (begins, _ends) = rounds(procedure, today)
    Extension.objects.waiting().delete()
    until = min(today, begins - timedelta(days=2)) + timedelta(days=1)
    return actions.propose_extension(
        pack, procedure, by=world["xiang.clerk"], first=first, until=until, whom="all", reason=reason
    )  # fmt: skip


def unmistakable_time(world, owner):
    return more_time(world, owner, reason="words of a siskin")


def round_of_hunan(world, owner):
    Extension.objects.waiting().delete()
    procedure, today = all_packs()["hunan-2016"].procedures["recognition"], timezone.localdate()
    first, last = rounds(procedure, today)[1]
    return {"round": first.isoformat(), "until": f"{last + timedelta(days=1)}", "whom": "all", "reason": "storm"}  # fmt: skip


def at_province(world, owner, **words):
    """A filing that waits for the province, by rules that are decided in batches."""
    case = handed_in(world, owner, **words)
    rules = case.rules
    content = rules.content.replace(
        "[procedures.filing]\n", "[procedures.filing]\nbatches = true\n"
    )
    digest = hashlib.sha256(content.encode()).hexdigest()
    kept = {"pack": rules.pack, "version": rules.version, "content": content}
    RuleVersion.objects.get_or_create(digest=digest, defaults=kept)
    step, zhe = case.course.steps[-1], world.organisations["zhe"]
    Case.objects.filter(pk=case.pk).update(rules=digest, step=step.id, department=zhe, role="clerk", arrived=timezone.now(), officer=None)  # fmt: skip
    return Case.objects.get(pk=case.pk)


def batch_of(world, owner, **words):
    return actions.open_batch([at_province(world, owner, **words)], by=world["zhe.clerk"])


def unmistakable_batch(world, owner):
    batch = batch_of(world, owner)
    case = batch.held()[0].case
    choices = {case.pk: actions.Choice("grant", case.version, "words of a hoopoe")}
    return actions.decide_batch(batch, by=world["zhe.clerk"], version=batch.version, choices=choices)  # fmt: skip


def filled(world, owner):
    """An open batch, and a case beside it that may be put into it."""
    batch = batch_of(world, owner)
    at_province(world, owner)
    return batch


def newest_case(world, owner):
    return {"cases": [str(Case.objects.latest("pk").pk)]}


def of_the_batch(world, owner):
    """The case of the newest batch, which was opened just before."""
    return Batch.objects.latest("pk").held()[0].case.key


def granted_in_it(world, owner):
    case = Batch.objects.latest("pk").held()[0].case
    return {
        f"move.{case.pk}": "grant",
        f"version.{case.pk}": str(case.version),
        f"words.{case.pk}": "all of it was found fit",
        "words": "all of it was found fit",
    }


def proposed(world, owner, **words):
    """A filing whose consent a clerk of the city proposed."""
    case = handed_in(world, owner, **words)
    return actions.move(case, "propose", by=world["jia.clerk"], version=case.version, proposed="consent", words="read")  # fmt: skip


def under_one_signature(world, owner):
    case = proposed(world, owner)
    return {
        "chosen": f"{case.pk}:{case.version}",
        "words": "agreed",
        "request_key": f"{uuid.uuid4()}",
    }


def signing(world, owner, words="agreed"):
    case = proposed(world, owner)
    return actions.sign_together([(case, case.version)], by=world["jia.approver"], words=words)


def to_hand_over(world, owner):
    """A filing that waits for the clerks of the city, its version, and a second clerk."""
    case = handed_in(world, owner)
    return second_clerk(world, owner) | {
        "chosen": f"{case.pk}:{case.version}",
        "request_key": f"{uuid.uuid4()}",
    }


def handing(world, owner):
    case, colleague = handed_in(world, owner), second_clerk(world, owner)["colleague"]
    return actions.hand_over_together(
        [(case, case.version)], by=world["jia.clerk"], colleague=User.objects.get(pk=colleague)
    )


def longer(world, owner):
    case = Case.objects.latest("pk")
    return {"until": f"{last_day(case.due, 1)}", "words": "storm"}


ROWS = [
    row("procedures:services", otherwise=200),
    row("procedures:queue", otherwise=200),
    public("procedures:guide", GUIDE, limited=True),
    public("procedures:notices", limited=True),
    public("procedures:form", GUIDE | {"form": "premises", "what": "sample", "kind": "docx"}, limited=True),
    row(
        "procedures:filled_form", GUIDE | {"form": "premises", "code": code(registered)}, of=("bees",), answers={200: RUN_IT | at(OFFICIALS, COUNTY, ABOVE)}, post=True,
        form=Form(by=HEAD, of="bees", sends={"kind": "xlsx"}, entry="register_exported", answer=200),
    ),
    row("procedures:case_form", {"key": key(handed_in), "form": "premises", "what": "blank", "kind": "xlsx"}, of=("bees",), answers=SEEN),
    row(
        "procedures:case_filled", {"key": key(draft), "form": "premises"}, of=("bees",), answers=OURS, post=True,
        form=Form(by=HEAD, of="bees", sends={"kind": "docx"}, entry="register_exported", answer=200),
    ),
    row(
        "procedures:begin", GUIDE | {"code": code(registered)}, of=("bees",), answers={302: RUN_IT}, post=True,
        form=Form(by=HEAD, of="bees", entry="case_begun"),
    ),
    row("procedures:case", {"key": key(handed_in)}, of=("bees",), answers=SEEN),
    row("procedures:case", {"key": key(draft)}, of=("bees",), answers=OURS),
    row(
        "procedures:entries", {"key": key(draft), "section": "premises"}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends={"facilities": "open desks"}, entry="case_written", texts=("facilities",)),
    ),
    row(
        "procedures:material", {"key": key(draft), "slot": "fund"}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=known_file, entry="case_file_added"),
    ),
    row(
        "procedures:remove", {"key": key(complete), "pk": file_of}, of=("bees",), answers={302: RUN_IT}, post=True,
        form=Form(by=HEAD, of="bees", entry="case_file_removed"),
    ),
    row(
        "procedures:check", {"key": key(complete)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends={"promised": "on"}, entry="case_handed_in"),
    ),
    row("procedures:receipt", {"key": key(handed_in)}, of=("bees",), answers=SEEN),
    row(
        "procedures:withdraw", {"key": key(handed_in)}, of=("bees",), answers=OURS | {403: LOOK_ON},
        form=Form(by=HEAD, of="bees", sends={"words": "later"}, entry="case_withdrawn", texts=("words",)),
    ),
    row(
        "procedures:discard", {"key": key(draft)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", entry="case_discarded"),
    ),
    row(
        "procedures:take", {"key": key(handed_in)}, of=("bees",), post=True,
        answers={(302, 403): CLERKS_ABOVE, 403: (LOOK_ON - CLERKS_ABOVE) | RUN_IT},
        form=Form(by="jia.clerk", of="bees", entry="case_taken"),
    ),
    row(
        "procedures:return", {"key": key(handed_in)}, of=("bees",), answers=FIRST_STEP,
        form=Form(by="jia.clerk", of="bees", sends={"wrong.0": "not a firm"}, entry="case_moved", texts=("wrong.0",)),
    ),
    row(
        "procedures:move", {"key": key(handed_in), "name": "consent"}, of=("bees",), answers=FIRST_STEP,
        form=Form(by="jia.clerk", of="bees", sends=judged, entry="case_moved", texts=("words",)),
    ),
    row(
        "procedures:file", {"key": key(handed_in)}, of=("bees",), post=True,
        answers={200: LOOK_ON | at({"audit_admin"}, COUNTY, ABOVE), 403: RUN_IT},
        form=Form(by="jia.clerk", of="bees", entry="case_exported", answer=200),
    ),
    row("procedures:files", answers={200: at({"audit_admin"})}),
    row(
        "procedures:hand_over", {"key": key(handed_in)}, of=("bees",),
        answers={(200, 403): CLERKS_ABOVE | APPROVERS_ABOVE, 403: (LOOK_ON - CLERKS_ABOVE - APPROVERS_ABOVE) | RUN_IT},
        form=Form(by="jia.approver", of="bees", sends=second_clerk, entry="case_handed_over", texts=("words",)),
    ),
    row(
        "procedures:ask", {"key": key(handed_in)}, of=("bees",), answers=FIRST_STEP,
        form=Form(by="jia.clerk", of="bees", sends=colleague("reviewer"), entry="advice_asked", texts=("words",)),
    ),
    row(
        "procedures:advise", {"key": lambda world, owner: asked(world, owner).case.key, "pk": newest_advice}, of=("bees",),
        answers={(200, 403): LOOK_ON, 404: RUN_IT},
        form=Form(by="jia.reviewer", of="bees", sends={"words": "yes"}, entry="advice_given", texts=("words",)),
    ),
    public("procedures:extensions", limited=True),
    row(
        "procedures:extend", HUNAN, of=("xiang",), otherwise=403,
        answers={200: at({"clerk"}, OWN)},
        form=Form(by="xiang.clerk", sends=round_of_hunan, entry="extension_proposed", texts=("reason",)),
    ),
    row(
        "procedures:extension", {"key": key(more_time)}, of=("xiang",), answers={200: at(READ, OWN)},
        form=Form(by="xiang.approver", sends={"agrees": "yes", "words": "yes"}, entry="extension_signed", texts=("words",)),
    ),
    row(
        "procedures:extend_term", {"key": key(handed_in)}, of=("bees",),
        answers={(200, 403): APPROVERS_ABOVE, 403: (LOOK_ON - APPROVERS_ABOVE) | RUN_IT},
        form=Form(by="jia.approver", of="bees", sends=longer, entry="case_extended", texts=("words",)),
    ),
    row(
        "procedures:sign_together", answers={(200, 403, 409): at(READ)}, otherwise=403, query="all=yes",
        form=Form(by="jia.approver", of="bees", sends=under_one_signature, entry="cases_signed", texts=("words",), query="all=yes"),
    ),
    row("procedures:signing", {"key": key(signing)}, of=("bees",), answers={(200, 404): APPROVERS_ABOVE}),
    row(
        "procedures:hand_over_together", answers={(403, 409): at(READ)}, otherwise=403,
        form=Form(by="jia.clerk", of="bees", sends=to_hand_over, entry="cases_handed_over", texts=("words",)),
    ),
    row("procedures:handing", {"key": key(handing)}, of=("bees",), answers={(200, 404): CLERKS_ABOVE}),
    row("procedures:batches", otherwise=200),
    row(
        "procedures:open_batch", GUIDE | {"step": lambda world, owner: at_province(world, owner).step}, of=("bees",),
        answers={(200, 409): CLERKS_ABOVE}, otherwise=409,
        form=Form(by="zhe.clerk", of="bees", sends=newest_case, entry="batch_opened"),
    ),
    row("procedures:batch", {"key": key(batch_of)}, of=("bees",), answers={(200, 404): at(READ, ABOVE)}),
    row(
        "procedures:fill", {"key": key(filled)}, of=("bees",), answers={(200, 404): at(READ, ABOVE)},
        form=Form(by="zhe.clerk", of="bees", sends=newest_case, entry="batch_filled"),
    ),
    row(
        "procedures:decide_batch", {"key": key(batch_of)}, of=("bees",),
        answers={(200, 404): CLERKS_ABOVE, (409, 404): at(READ, ABOVE) - CLERKS_ABOVE},
        form=Form(by="zhe.clerk", of="bees", sends=granted_in_it, entry="batch_decided"),
    ),
    row(
        "procedures:take_out", {"key": key(batch_of), "case": of_the_batch}, of=("bees",), answers={(200, 404): at(READ, ABOVE)},
        form=Form(by="zhe.clerk", of="bees", sends={"words": "later"}, entry="batch_case_out", texts=("words",)),
    ),
    row(
        "procedures:batch_workbook", {"key": key(batch_of)}, of=("bees",), post=True, answers={(200, 404): at(READ, ABOVE)},
        form=Form(by="zhe.clerk", of="bees", entry="batch_exported", answer=200),
    ),
    row(
        "procedures:batch_paper", {"key": key(batch_of)}, of=("bees",), post=True, answers={(200, 404): at(READ, ABOVE)},
        form=Form(by="zhe.clerk", of="bees", entry="batch_exported", answer=200),
    ),
    row("procedures:decision", {"key": key(refused)}, of=("bees",), answers=SEEN),
]  # fmt: skip
SECRETS = [
    Secret("words of a siskin", of="xiang", seen=at(READ, OWN), make=unmistakable_time),
    Secret("words of a hoopoe", of="bees", seen=LOOK_ON, make=unmistakable_batch),
    Secret("words of a dunnock", of="bees", seen=LOOK_ON | at({"operator_head", "operator_clerk"}, OWN), make=unmistakable),
]  # fmt: skip
