"""Tables of subjects and facts in files: read with every fault named, written so that nothing in them runs."""

from .limits import LOCAL, UPLOAD, Limits
from .problems import Place, Problem, Unreadable
from .reading import Reading, read

__all__ = ["LOCAL", "UPLOAD", "Limits", "Place", "Problem", "Reading", "Unreadable", "read"]
