"""The figures of a region: those of its spaces together, each firm and person once, and what is not known said beside them."""
