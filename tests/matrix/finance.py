"""Money of a space: accounts for all who see the space, bills for those alone who work for its operator."""

from datetime import date
from decimal import Decimal

from tests.matrix.rows import Form, Secret, row
from tests.matrix.spaces import HEAD, LOOK_ON, RUN_IT, code, registered
from zhongchuang.finance import actions
from zhongchuang.finance.models import Payment
from zhongchuang.residents.models import Resident, Stay

NOVEMBER, DUE = date(2025, 11, 1), date(2025, 11, 30)


def let(world, owner):
    """A space in which a firm pays for its desks."""
    space = registered(world, owner)
    firm = Resident.objects.create(kind="firm", name="nuthatch")
    Stay.objects.create(
        space=space, resident=firm, day=date(2024, 1, 1), free_months=0, monthly_fee=Decimal(100)
    )
    return space


def bill(world, owner):
    space = let(world, owner)
    charges = [(space.stay_lines.get(), {"rent": Decimal(100)})]
    (one,) = actions.issue(space, by=world[HEAD], month=NOVEMBER, due=DUE, charges=charges)
    return one


def bill_key(world, owner):
    return bill(world, owner).key


def payment_key(world, owner):
    actions.pay(bill(world, owner), by=world[HEAD], day=DUE, amount=Decimal(1), method="cash")
    return Payment.objects.latest("pk").key


def ticked(world, owner):
    """The bill of the stay that was made last, for the month that runs."""
    key = Stay.objects.latest("pk").pk
    return {"due": "2199-12-31", f"take_{key}": "on", f"rent_{key}": "100"}


OURS = {200: RUN_IT}
REASON = {"version": 1, "reason": "wrong"}

ROWS = [
    row("finance:accounts", {"code": code(let)}, of=("bees",), answers={200: RUN_IT | LOOK_ON}),
    row("finance:bills", {"code": code(let)}, of=("bees",), answers=OURS),
    row(
        "finance:issue", {"code": code(let)}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=ticked, entry="bill_issued"),
    ),
    row("finance:bill", {"key": bill_key}, of=("bees",), answers=OURS),
    row(
        "finance:pay", {"key": bill_key}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends={"day": "2025-11-10", "amount": "50", "method": "cash"}, entry="payment_recorded"),
    ),
    row(
        "finance:cancel", {"key": bill_key}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=REASON, entry="bill_cancelled", texts=("reason",)),
    ),
    row(
        "finance:strike", {"key": payment_key}, of=("bees",), answers=OURS,
        form=Form(by=HEAD, of="bees", sends=REASON, entry="payment_struck", texts=("reason",)),
    ),
]  # fmt: skip
SECRETS = [Secret("202511-001", of="bees", seen=RUN_IT, make=bill)]
