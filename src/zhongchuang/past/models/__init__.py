"""What was evaluated and paid before the platform: rows that stay, put right by a row that follows."""

from zhongchuang.past.models.evaluations import Evaluation
from zhongchuang.past.models.grants import Grant

MODELS = {"evaluations": Evaluation, "grants": Grant}
"""By the name in the address."""

__all__ = ["MODELS", "Evaluation", "Grant"]
