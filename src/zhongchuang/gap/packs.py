"""The packs that the pages judge by: those of the product and the deployment's own."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext_noop as _

from zhongchuang.policy import loading
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.pack import Pack


def all_packs() -> Mapping[str, Pack]:
    """Every pack by id."""
    return loading.all_packs(*settings.PACK_FOLDERS)


def find_pack(reference: str) -> tuple[Pack, str]:
    """The pack and set name that an address means; never a folder, which the command line may name as well."""
    id_ = reference.partition(":")[0]
    if id_ not in all_packs():
        raise Refused(
            _("There is no pack “%(found)s”. Packs are: %(allowed)s."),
            found=id_,
            allowed=", ".join(all_packs()),
        )
    return loading.find_pack(reference, *settings.PACK_FOLDERS)
