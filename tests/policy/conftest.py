"""The engine's tests need neither Django nor a database; hypothesis runs a few examples, or many on request."""

import os

import pytest
from hypothesis import HealthCheck, settings

SLOW_ONES = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("quick", max_examples=40, deadline=None, suppress_health_check=SLOW_ONES)
settings.register_profile(
    "thorough", max_examples=2000, deadline=None, suppress_health_check=SLOW_ONES
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(autouse=True)
def private_files():
    """The engine writes no files."""
