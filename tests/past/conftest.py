"""Cases beside which past evaluations and grants are read."""

from tests.procedures.conftest import begun, complete, file_of, handed_in, step  # noqa: F401 -- fixtures
