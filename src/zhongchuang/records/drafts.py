"""What the forms of the apps below this one keep of what is typed into them."""

from zhongchuang.records.views.drafts import offer


def drafts(request, form, purpose, key="", title=""):
    """The draft of a form, as its page shows it; `drop()` it where the form is sent."""
    return offer(request, form, purpose=purpose, key=key, title=title)
