import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhongchuang.files.names import attachment, label

LEASE = "\u79df\u8d41\u5408\u540c"


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("lease.pdf", "lease.pdf"),
        (f"{LEASE}.PDF", f"{LEASE}.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\Ann\\lease.pdf", "lease.pdf"),
        ("lease.exe\u202efdp", "lease.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("con", "_con.pdf"),
        ("NUL.pdf", "_NUL.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        (LEASE * 100 + ".pdf", (LEASE * 20)[:78] + ".pdf"),
    ],
)
def test_a_name_is_a_label(given_name, shown):
    assert label(given_name, "pdf") == shown


@given(st.text(max_size=300))
def test_every_name_is_one_line_without_a_path(name):
    shown = label(name, "pdf")
    assert shown.endswith(".pdf")
    assert len(shown.encode()) <= 240
    assert not set(shown) & set('/\\:"<>|?*\r\n\0')
    header = attachment(shown)
    assert header.isascii()
    assert header.isprintable()


def test_a_chinese_name_travels_whole_beside_a_plain_one():
    assert attachment(f"{LEASE} 1.pdf") == (
        "attachment; filename=\"____ 1.pdf\"; filename*=UTF-8''%E7%A7%9F%E8%B5%81%E5%90%88%E5%90%8C%201.pdf"
    )
