import os
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

import dev
from zhongchuang.page.management.commands.configuration import as_markdown
from zhongchuang.settings import VARIABLES, Variable, channels, file_store, postgresql, secret_key

ROOT = Path(__file__).parents[2]


def test_the_document_of_the_settings_is_up_to_date():
    assert (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8") == as_markdown(
        VARIABLES
    )


def test_a_wrong_value_stops_the_start_and_names_the_allowed_ones(monkeypatch):
    monkeypatch.setenv("COLOUR", "pink")
    with pytest.raises(ImproperlyConfigured, match="COLOUR is 'pink'; allowed: red, blue"):
        Variable("COLOUR", "red", "A colour.", ("red", "blue")).read()
    monkeypatch.setenv("COLOUR", "9")
    with pytest.raises(ImproperlyConfigured, match="allowed: 1 to 4"):
        Variable("COLOUR", "1", "A number.", range(1, 5)).read()


def test_an_empty_value_means_the_default(monkeypatch):
    monkeypatch.setenv("COLOUR", "")
    assert Variable("COLOUR", "red", "A colour.", ("red", "blue")).read() == "red"


def test_a_secret_key_is_made_once_and_kept_private(tmp_path):
    first = secret_key("", tmp_path)
    assert (len(first) >= 40, secret_key("", tmp_path)) == (True, first)
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_a_short_secret_key_is_refused(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="40 are needed"):
        secret_key("short", tmp_path)


def test_another_database_than_postgresql_is_refused():
    with pytest.raises(ImproperlyConfigured, match="must begin with postgres://"):
        postgresql("mysql://a@b/c")


def test_files_are_kept_in_the_local_folder_or_in_a_bucket():
    assert file_store("", "") == {"BACKEND": "zhongchuang.records.storage.DurableFiles"}
    bucket = file_store("s3://evidence", "https://store.example")["OPTIONS"]
    assert (bucket["bucket_name"], bucket["endpoint_url"]) == ("evidence", "https://store.example")
    with pytest.raises(ImproperlyConfigured, match="must begin with s3://"):
        file_store("/srv/files", "")


def test_channels_of_letters_are_named_functions():
    assert channels("mail=a.b, sms=c.d") == {"mail": "a.b", "sms": "c.d"}
    with pytest.raises(ImproperlyConfigured, match=r"name=dotted\.path"):
        channels("a.b")


def test_letters_and_printed_codes_lead_to_where_the_site_was_started(monkeypatch):
    monkeypatch.delenv("ZHONGCHUANG_SITE_URL", raising=False)
    started = "http://127.0.0.1:8090/"
    assert dev.site_address(started) == {"ZHONGCHUANG_SITE_URL": started}
    monkeypatch.setenv("ZHONGCHUANG_SITE_URL", "https://zc.example.gov.cn")
    assert dev.site_address(started) == {"ZHONGCHUANG_SITE_URL": "https://zc.example.gov.cn"}
