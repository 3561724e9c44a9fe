"""The engine takes values and returns values: it knows nothing of Django."""

import subprocess
import sys

import pytest

ALONE = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
print("django" in sys.modules)
"""


@pytest.mark.parametrize("package", ["zhongchuang.policy", "zhongchuang.tables"])
def test_it_runs_without_django(package):
    pytest.importorskip(package)
    done = subprocess.run(
        [sys.executable, "-c", ALONE, package], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_the_command_line_and_the_jobs_start_without_the_api():
    code = """
import sys, django, zhongchuang.cli.app
django.setup()
print(sorted({"ninja", "pydantic"} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
