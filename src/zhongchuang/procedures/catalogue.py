"""What can be applied for: the procedures of the packs in force, those of a space's own place first."""

from dataclasses import dataclass

from zhongchuang.gap.packs import all_packs
from zhongchuang.policy.pack import Pack
from zhongchuang.policy.procedure import CHANGE, Procedure
from zhongchuang.procedures.access import is_for, not_open


@dataclass(frozen=True)
class Offer:
    """A procedure of a pack, as it stands today."""

    pack: Pack
    procedure: Procedure

    @property
    def at(self):
        """What its address is made of."""
        return self.pack.id, self.procedure.id


def offers(on):
    """All procedures in force on a day that one applies for by oneself."""
    return [
        Offer(pack, procedure)
        for pack in all_packs().values()
        if pack.state(on) == "in_force"
        for procedure in pack.procedures.values()
        if procedure.gives
    ]


def find_offer(pack_id, procedure_id):
    """A procedure by the names in an address; None where there is none."""
    pack = all_packs().get(pack_id)
    procedure = pack.procedures.get(procedure_id) if pack else None
    return Offer(pack, procedure) if procedure else None


def change_of(space, on):
    """The procedure of changes that holds where a space stands on a day, of several the nearest; None without one."""
    found = [
        Offer(pack, procedure)
        for pack in all_packs().values()
        if is_for(pack, space) and pack.state(on) == "in_force"
        for procedure in pack.procedures.values()
        if procedure.kind == CHANGE
    ]
    return max(found, key=lambda one: len(one.pack.region), default=None)


def for_space(space, on):
    """What a space can apply for on a day: each offer with why it is not open, the nearest place first."""
    found = [one for one in offers(on) if is_for(one.pack, space)]
    found.sort(key=lambda one: -len(one.pack.region))
    return [(one, not_open(space, one.pack, one.procedure, on)) for one in found]
