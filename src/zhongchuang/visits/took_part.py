"""Who visited the site of a case, or planned it."""


def took_part(case):
    """The keys of these people."""
    found = case.visits.all()
    return [*found.values_list("planned_by", flat=True), *found.exclude(visitors=None).values_list("visitors", flat=True)]  # fmt: skip
