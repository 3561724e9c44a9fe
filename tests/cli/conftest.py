"""The command line as people use it: another process, its output and its exit code."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest

HEADER = "名称,总面积,工位数,场地性质,剩余租期,种子资金或投资基金规模,projects_invested.total,线上服务平台,运营月数,运营主体性质"
SHORT = "示例·短缺空间,500平方米,80,租赁,2年,300万元,3,是,12,独立法人"
UNKNOWN = "示例·缺数空间,600,120,自有,,,3,是,12,独立法人"


@dataclass
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(tmp_path):
    """Runs `zhongchuang` in a folder of its own; the language is Chinese unless the test says otherwise."""

    def run_one(*arguments, **variables):
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "LANG", "ZHONGCHUANG_"))
        }
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                "from zhongchuang.cli import main; main()",
                *map(str, arguments),
            ],
            cwd=tmp_path,
            env=kept | {"LANG": "C.UTF-8"} | variables,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "Traceback" not in done.stderr
        return Done(done.returncode, done.stdout, done.stderr)

    return run_one


@pytest.fixture
def spaces(tmp_path):
    """A file of two spaces: one that falls short, one with an unknown fund."""
    return write(tmp_path / "spaces.csv", HEADER, SHORT, UNKNOWN)


@pytest.fixture
def make_file(tmp_path):
    """Writes a file of the test's own lines."""
    return lambda *lines, name="own.csv": write(tmp_path / name, *lines)


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path.name
