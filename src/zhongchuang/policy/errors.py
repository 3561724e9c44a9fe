"""What the engine refuses: a message with named parts that any language can render."""

from collections.abc import Callable
from typing import Any


class Refused(ValueError):
    """A value or file that the engine does not accept.

    `message` is an English template with named placeholders and the key of its translation;
    `params` fills it. `str()` gives English; `text(translate)` gives the reader's language.
    """

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message = message
        self.params = params

    def text(self, translate: Callable[[str], str]) -> str:
        """Render the message through `translate`, a function from English template to template."""
        params = {
            name: value.text(translate) if isinstance(value, Refused) else value
            for name, value in self.params.items()
        }
        return translate(self.message) % params

    def __str__(self) -> str:
        return self.text(str)


def _(message: str) -> str:
    """Mark a message for the catalogue; it is translated where it is shown."""
    return message
