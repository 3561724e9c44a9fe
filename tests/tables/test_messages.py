"""Every message of the reader can be rendered, and says what to do in whole sentences."""

import ast
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest

from zhongchuang import tables

FOLDER = Path(tables.__file__).parent


def messages():
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "_"
            ):
                yield pytest.param(ast.literal_eval(node.args[0]), id=f"{path.stem}-{node.lineno}")


@pytest.mark.parametrize("message", list(messages()))
def test_a_message_renders_with_its_placeholders(message):
    assert message % defaultdict(lambda: "x")


def test_reading_a_short_file_imports_nothing_heavy(tmp_path, xlsx, csv):

    (tmp_path / "a.xlsx").write_bytes(xlsx([["name", "desks"], ["a", 5]]))
    (tmp_path / "a.csv").write_bytes(csv(["name", "desks"], ["a", "5"]))
    script = (
        "import sys; from zhongchuang.tables import read; read(sys.argv[1]); "
        "print(sorted({'numpy', 'pyarrow', 'xlsxwriter', 'xlrd', 'openpyxl', 'django', 'stdnum', 'python_calamine'} & set(sys.modules)))"
    )
    answers = [
        subprocess.run(
            [sys.executable, "-c", script, tmp_path / name],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for name in ("a.xlsx", "a.csv")
    ]
    assert answers == ["['python_calamine']", "[]"]
