"""The engine's tests need neither Django nor a database."""

import pytest


@pytest.fixture(autouse=True)
def private_files():
    """The engine writes no files."""
