"""Many unified social credit codes at once."""

from collections.abc import Sequence

import numpy as np

from .subjects import LENGTH, SIGNS, WEIGHTS

NONE = 255
_VALUES = np.full(128, NONE, np.uint8)
_VALUES[list(SIGNS.encode())] = range(len(SIGNS))


def are_right(codes: Sequence[str]) -> bool:
    """Whether each is a code with its right check character: all eighteen, weighted, add up to a multiple of 31 (GB 32100-2015)."""
    together = "".join(codes)
    if not together.isascii() or any(len(code) != LENGTH for code in codes):
        return False
    values = _VALUES[np.frombuffer(together.encode(), np.uint8)].reshape(-1, LENGTH)
    if (values == NONE).any():
        return False
    return not (values @ np.array((*WEIGHTS, 1)) % len(SIGNS)).any()
