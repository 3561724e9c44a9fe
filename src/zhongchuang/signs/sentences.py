"""What a sign says, in the reader's language."""

from django.utils.translation import gettext as _

from zhongchuang.ledgers.declaration import ledgers
from zhongchuang.policy.facts import space_catalogue
from zhongchuang.policy.quantity import unit_of
from zhongchuang.signs.rules import spoken


def sentence(sign):
    """One sentence with the figures that were found."""
    told = dict(sign.found)
    if "ledger" in told and told["ledger"] in ledgers():
        told["ledger"] = ledgers()[told["ledger"]].title
    if "fact" in told:
        label = space_catalogue().columns[told["fact"]].fact.label
        told["fact"] = spoken({"zh": label.zh, "en": label.en})
    if told.get("unit"):
        unit = unit_of(told["unit"])
        told["unit"] = spoken({"zh": unit.zh, "en": unit.en})
    return texts()[sign.rule] % told if sign.rule in texts() else sign.title


def texts():
    return {
        "area_per_desk": _("%(area)s m² for %(desks)s desks: %(share)s m² a desk."),
        "parts_over_whole": _("The parts come to %(parts)s %(unit)s, the whole is %(whole)s."),
        "same_address": _("Address: %(text)s"),
        "same_phone": _("Telephone: %(text)s"),
        "same_file": _("File: %(file)s"),
        "same_file_often": _("%(file)s stands behind %(records)s records of “%(ledger)s”."),
        "near_photograph": _("“%(second)s” is nearly the same picture as “%(first)s”: %(points)s of 64 points differ."),
        "one_night": _("%(records)s of %(total)s records of %(year)s in “%(ledger)s” were written down on %(night)s."),
        "firm_in_several": _("%(resident)s stays at several spaces."),
        "founder_in_several": _("%(founder)s stands behind %(residents)s residents."),
        "jumped": _("%(fact)s: %(old)s a year ago, %(new)s now."),
    }  # fmt: skip
