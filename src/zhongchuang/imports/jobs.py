"""What the worker does for imports; each may run twice."""

from zhongchuang.imports import actions


def run(pk):
    """Carry one confirmed import out."""
    return actions.run(pk)


def resume():
    """Take up what a stopped worker left."""
    return actions.resume()


def expire():
    """Delete files whose days are over."""
    return actions.expire()
