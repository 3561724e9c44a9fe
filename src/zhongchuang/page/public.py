"""What of a row may be shown to everybody: only what its model declares, so that nothing is public by oversight."""


def public_row(row):
    """The fields that the model lists as `public_fields`, by name; nothing of a model that lists none.

    Every list, export and page for the public takes its values from here (M-09).
    """
    return {name: getattr(row, name) for name in getattr(type(row), "public_fields", ())}
