"""Who proposed and signed the answers to objections to a case."""


def took_part(case):
    """The keys of these people."""
    found = case.objections.values_list("proposed_by", "signed_by")
    return [key for pair in found for key in pair if key]
