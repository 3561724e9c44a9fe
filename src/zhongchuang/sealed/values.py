"""A sealed value: shown masked, opened on purpose."""

import logging
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from secrets import token_bytes

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.modes import GCM
from django.conf import settings
from django.utils.translation import gettext, gettext_lazy

from zhongchuang.files.masks import MASKS
from zhongchuang.page.refusal import Refusal, Refused
from zhongchuang.sealed.keys import SUITES, cipher_of, newest, ring

NONCE, TAG = 12, 16
TOKEN = re.compile(rf"({'|'.join(SUITES)})\.(\d{{1,9}})\.([A-Za-z0-9_-]+={{0,2}})")
"""Suite, number of the key, then nonce, text and tag."""

logger = logging.getLogger(__name__)


def prefix():
    """How a token begins that is written now."""
    return f"{settings.CRYPTO_SUITE}.{newest()}."


def close(text, context):
    """The token of a text; it opens in its own column alone."""
    nonce, beginning = token_bytes(NONCE), prefix()
    suite, number, _ = beginning.split(".")
    lock = Cipher(cipher_of(int(number), suite), GCM(nonce)).encryptor()
    lock.authenticate_additional_data(f"{beginning}{context}".encode())
    sealed = lock.update(text.encode()) + lock.finalize()
    return beginning + urlsafe_b64encode(nonce + sealed + lock.tag).decode()


def unreadable(context, why):
    """The refusal to give out what cannot be trusted."""
    logger.error("a sealed value of %s cannot be opened: %s", context, why)
    sentence = gettext_lazy(
        "The stored value of %(column)s was damaged or changed from outside, so it is not shown. Tell the system administrator; the value is in the backups."
    )
    return Refused(Refusal("unreadable", sentence, {"column": context}, status=500))


def open_(token, context):
    """The text of a token; Refused where one bit of it, its place or its key is not the right one."""
    found = TOKEN.fullmatch(token)
    if not found or int(found[2]) not in ring():
        raise unreadable(context, "no key of that number" if found else "not a token")
    beginning = f"{found[1]}.{found[2]}."
    try:
        raw = urlsafe_b64decode(found[3])
        if urlsafe_b64encode(raw).decode() != found[3]:
            raise ValueError("bits that no byte uses")
        nonce, text, tag = raw[:NONCE], raw[NONCE:-TAG], raw[-TAG:]
        key = Cipher(cipher_of(int(found[2]), found[1]), GCM(nonce, tag)).decryptor()
        key.authenticate_additional_data(f"{beginning}{context}".encode())
        return (key.update(text) + key.finalize()).decode()
    except (InvalidTag, ValueError) as fault:
        raise unreadable(context, type(fault).__name__) from None


class Sealed:
    """A text that is shown masked: `str()` of it may stand on any page and in any log. `plain()` opens it.

    What is read from the database is its token, opened only when asked; what was just set is a plain text.
    """

    def __init__(self, *, context, mask, token=None, text=None):
        self.context, self.mask, self.token, self.text = context, mask, token, text

    def plain(self):
        """The text itself; Refused where it was tampered with. Show it only by way of `actions.reveal`."""
        if self.text is None:
            self.text = open_(self.token, self.context)
        return self.text

    def __str__(self):
        try:
            return MASKS[self.mask](self.plain())
        except Refused:
            return gettext("(cannot be read)")

    def __repr__(self):
        return f"<Sealed {self.context}>"

    def __eq__(self, other):
        if not isinstance(other, Sealed):
            return NotImplemented
        same = self.token is not None and self.token == other.token
        return same or (self.context == other.context and self.plain() == other.plain())

    def differs(self, other):
        """Whether the texts are different; of those that cannot be read, whether the tokens are."""
        try:
            return self != other
        except Refused:
            return self.as_token() != other.as_token()

    def __hash__(self):
        return hash((self.context, self.plain()))

    def __bool__(self):
        """An empty text is never sealed."""
        return True

    def __reduce__(self):
        """Copies and queued jobs carry the token, never the text."""
        return restored, (self.context, self.mask, self.as_token())

    def as_token(self):
        """What the database keeps: the token that was read, or a new one of a text that was set."""
        if self.token is None:
            self.token = close(self.text, self.context)
        return self.token

    @property
    def is_current(self):
        """Whether it is written with the newest key and today's suite."""
        return self.as_token().startswith(prefix())


def restored(context, mask, token):
    return Sealed(context=context, mask=mask, token=token)
