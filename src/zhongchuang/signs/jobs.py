"""What runs by time; it may run twice."""

from zhongchuang.signs import actions


def look_for_signs():
    """Once a night over all registered spaces."""
    return actions.look_for_signs()
