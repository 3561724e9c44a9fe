import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.files.conftest import pdf
from zhongchuang.records.actions import hand_in


@pytest.fixture
def hands_in(cast):
    """`hands_in("bees.operator_clerk", "lease.pdf", data)` is the file that this person handed in."""

    def one(who, name="lease.pdf", data=None):
        return hand_in(SimpleUploadedFile(name, data or pdf()), by=cast[who])

    return one
