"""A pack as it was when a case began: the file itself, kept once under its digest."""

import hashlib
from functools import lru_cache
from pathlib import Path

from django.db import models
from django.utils import timezone

from zhongchuang.gap.packs import text_of
from zhongchuang.policy.loading import PackRefused, parse_pack, parse_toml, with_general_review


class RuleVersion(models.Model):
    """The text of a pack file. A running case stays on the version with which it began, whatever becomes of the file."""

    digest = models.CharField(max_length=64, primary_key=True)
    pack = models.CharField(max_length=64)
    version = models.CharField(max_length=40)
    content = models.TextField()
    kept = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = []

    def __str__(self):
        return f"{self.pack} {self.version}"

    @classmethod
    def of(cls, pack):
        """The version of a pack as its file stands now; kept if it is new."""
        return cls.kept_as(text_of(pack), pack.id, pack.version)

    @classmethod
    def kept_as(cls, data, pack_id, version):
        """A text under its digest."""
        digest = hashlib.sha256(data).hexdigest()
        fresh = cls(digest=digest, pack=pack_id, version=version, content=data.decode("utf-8"))
        cls.objects.bulk_create([fresh], ignore_conflicts=True)
        return cls.objects.get(pk=digest)

    def with_review(self, procedure):
        """These rules with the procedure of a review: their own, or the general one kept together with them."""
        if procedure in self.rules.procedures:
            return self
        data = with_general_review(self.content).encode("utf-8")
        return type(self).kept_as(data, self.pack, self.version)

    @property
    def rules(self):
        """The pack that the text holds."""
        return parsed(self.digest, self.content)


@lru_cache(maxsize=64)
def parsed(digest, content):
    """The pack of a text, read once in each process; the digest makes looking it up cheap."""
    pack, faults = parse_pack(parse_toml(content.encode(), digest), Path(digest))
    if faults:
        raise PackRefused(faults)
    return pack
