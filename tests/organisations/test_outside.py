"""Signing in with an outside account needs configuration only."""

import json
import os
import subprocess
import sys

import pytest

from zhongchuang.organisations.signin import ExternalAdapter

LOOK = """
import django, json
django.setup()
from django.conf import settings
from django.urls import Resolver404, resolve
def leads(name):
    try:
        return bool(resolve(f"/account/{name}/login/"))
    except Resolver404:
        return False
names = [name for name in ("dingtalk", "feishu", "oidc/oidc", "weixin") if leads(name)]
print(json.dumps([names, settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"][1:]]))
"""
CONFIGURED = {
    "ZHONGCHUANG_DINGTALK_CLIENT": "a",
    "ZHONGCHUANG_FEISHU_CLIENT": "b",
    "ZHONGCHUANG_WEIXIN_CLIENT": "c",
    "ZHONGCHUANG_OIDC_ISSUER": "https://id.example.gov.cn",
    "ZHONGCHUANG_OIDC_CLIENT": "d",
}


def ours(folder):
    """The environment of a fresh site."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "zhongchuang.settings",
        "ZHONGCHUANG_DATA": str(folder),
        "DATABASE_URL": "",
    }


@pytest.mark.parametrize(
    ("configured", "names", "sites"),
    [
        ({}, [], []),
        (
            CONFIGURED,
            ["dingtalk", "feishu", "oidc/oidc", "weixin"],
            [
                "https://login.dingtalk.com", "https://open.feishu.cn", "https://open.weixin.qq.com",
                "https://id.example.gov.cn",
            ],
        ),
    ],
    ids=["none", "all"],
)  # fmt: skip
def test_each_service_that_is_configured_is_offered_and_no_other(
    tmp_path, configured, names, sites
):
    env = ours(tmp_path) | configured
    done = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, env=env
    )
    assert json.loads(done.stdout) == [names, sites]


def test_an_outside_account_never_makes_an_account_here(rf):

    assert ExternalAdapter().is_open_for_signup(rf.get("/"), None) is False


@pytest.mark.parametrize(
    ("given", "policy"),
    [
        ({}, "asvs"),
        ({"ZHONGCHUANG_DEPLOYMENT": "gov"}, "djbh"),
        ({"ZHONGCHUANG_DEPLOYMENT": "gov", "ZHONGCHUANG_PASSWORD_POLICY": "asvs"}, "asvs"),
    ],
)
def test_a_government_site_follows_djbh_unless_told_otherwise(tmp_path, given, policy):
    env = ours(tmp_path) | given
    look = "from zhongchuang.settings import PASSWORD_POLICY; print(PASSWORD_POLICY)"
    done = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, env=env
    )
    assert done.stdout == f"{policy}\n"
