"""Who wants to move in, on what conditions, and the figures that residents hand in themselves."""

from zhongchuang.admission.models.applications import Application, Call
from zhongchuang.admission.models.figures import Figures

__all__ = ["Application", "Call", "Figures"]
