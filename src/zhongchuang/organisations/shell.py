"""What every page shows about the person who is signed in."""

from django.utils.functional import SimpleLazyObject

from zhongchuang.organisations.access import acting
from zhongchuang.organisations.signin import seconds_left
from zhongchuang.organisations.todos import all_notices, all_todos


def shell(request):
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return {}
    me = acting(request)
    return {
        "acting": me,
        "session_left": seconds_left(request)[0] if hasattr(request, "session") else 0,
        "todos": SimpleLazyObject(lambda: all_todos(me)),
        "notices": SimpleLazyObject(lambda: all_notices(me)),
    }
