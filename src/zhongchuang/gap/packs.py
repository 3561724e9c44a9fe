"""The packs that the pages judge by: those of the product and the deployment's own."""

from collections.abc import Mapping

from django.conf import settings

from zhongchuang.policy import loading
from zhongchuang.policy.pack import Pack


def all_packs() -> Mapping[str, Pack]:
    """Every pack by id."""
    return loading.all_packs(*settings.PACK_FOLDERS)


def find_pack(reference: str) -> tuple[Pack, str]:
    """The pack and set name that an address means."""
    return loading.find_pack(reference, *settings.PACK_FOLDERS)
