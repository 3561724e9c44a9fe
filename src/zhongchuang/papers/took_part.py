"""Who wrote or signed the documents of a case."""


def took_part(case):
    """The keys of these people."""
    found = case.papers.values_list("written_by", "signed_by")
    return [key for pair in found for key in pair if key]
