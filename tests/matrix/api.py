"""The documents of the API, open to everyone; its operations have their own table: tests/api/test_access.py."""

from tests.matrix.rows import public

ROWS = [public("api:docs"), public("api:openapi")]
