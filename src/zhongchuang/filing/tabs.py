"""The titles of a space on its page."""

from zhongchuang.filing.models import Title


def tabs(acting, space):  # noqa: ARG001 -- titles are public
    """Address and label of each title that holds or held."""
    found = Title.objects.filter(space=space).order_by("-since", "-pk")[:5]
    return [(title.get_absolute_url(), title.name) for title in found]
