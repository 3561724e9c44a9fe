"""The packs that the pages judge by: those of the product and the deployment's own."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop as _

from zhongchuang.page.listed import ask
from zhongchuang.policy import loading
from zhongchuang.policy.errors import Refused
from zhongchuang.policy.pack import Pack


def own_packs() -> Mapping[str, Pack]:
    """The packs that come with the product and those in the folders of a deployment, by id."""
    return loading.all_packs(*settings.PACK_FOLDERS)


def all_packs() -> Mapping[str, Pack]:
    """Every pack by id, as it holds today: one that a department activated stands in the place of one in a folder."""
    own, activated = own_packs(), ask("activated")
    return own | {id_: pack for id_, pack in activated if pack} if activated else own


def find_pack(reference: str) -> tuple[Pack, str]:
    """The pack and set name that an address means; never a folder, which the command line may name as well."""
    id_, _colon, name = reference.partition(":")
    packs = all_packs()
    if id_ not in packs:
        raise Refused(
            _("There is no pack “%(found)s”. Packs are: %(allowed)s."),
            found=id_,
            allowed=", ".join(packs),
        )
    pack = packs[id_]
    if name and name not in pack.sets:
        raise Refused(
            _("Pack %(pack)s has no set “%(found)s”. Its sets are: %(allowed)s."),
            pack=pack.id,
            found=name,
            allowed=", ".join(pack.sets),
        )
    return pack, name or pack.entry


def text_of(pack: Pack) -> bytes:
    """The file of a pack as it stands, wherever it is kept."""
    kept = ask("pack_text", pack)
    return kept[0] if kept else (Path(pack.folder) / "pack.toml").read_bytes()
