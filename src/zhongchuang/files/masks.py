"""Personal numbers as they are shown: enough to recognise one that is known, too little to learn one."""

STAR = "*"


def identity(text):
    """The first sign and the last two."""
    return text[:1] + STAR * (len(text) - 3) + text[-2:] if len(text) > 6 else hidden(text)


def phone(text):
    """The first three digits and the last four; of a shorter number the last two."""
    if len(text) >= 11:
        return text[:-8] + STAR * 4 + text[-4:]
    return STAR * 4 + text[-2:] if len(text) > 6 else hidden(text)


def email(text):
    """The first sign of the name, and the domain."""
    name, at, domain = text.partition("@")
    return f"{name[:1]}***{at}{domain}" if at else hidden(text)


def hidden(text):
    """Nothing of it, not even how long it is."""
    return STAR * 4 if text else ""


MASKS = {"identity": identity, "phone": phone, "email": email, "hidden": hidden}
"""By the kind of a value; bank accounts and addresses are hidden."""
