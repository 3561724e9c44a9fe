"""Model fields whose values lie encrypted in the database, and their index for looking up equal ones."""

from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact
from django.db.models.query_utils import DeferredAttribute

from zhongchuang.files.masks import MASKS
from zhongchuang.page.refusal import Refused
from zhongchuang.sealed.forms import SealedFormField
from zhongchuang.sealed.keys import SUITES, digest_of, newest, ring
from zhongchuang.sealed.values import TOKEN, Sealed

LOOKUPS = {"exact", "isnull", "startswith"}


class SealedAttribute(DeferredAttribute):
    """What is set as text is a `Sealed` from then on, so that nobody prints it by accident."""

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = self.field.sealed(value)


class EncryptedText(models.TextField):
    """A text encrypted with AES-256-GCM or SM4-GCM, bound to its table and column.

    On an instance it is a `Sealed`: masked wherever it is written, opened by `.plain()`. Empty text and None stay
    what they are. A row with equal text is found by a `BlindIndex` and `matching`, not by the text itself.
    """

    descriptor_class = SealedAttribute
    is_sealed = True

    def __init__(self, *given, mask="hidden", **more):
        if mask not in MASKS:
            raise ValueError(f"mask is {mask!r}; allowed: {', '.join(MASKS)}")
        self.mask = mask
        super().__init__(*given, **more)

    def deconstruct(self):
        name, path, given, more = super().deconstruct()
        return name, path, given, more | {"mask": self.mask}

    @property
    def context(self):
        return f"{self.model._meta.db_table}.{self.column}"

    def sealed(self, value):
        if value is None or value == "" or not isinstance(value, str):
            return value
        return Sealed(context=self.context, mask=self.mask, text=value)

    def from_db_value(self, value, expression, connection):
        if not value:
            return value
        return Sealed(context=self.context, mask=self.mask, token=value)

    def to_python(self, value):
        """A token, as fixtures hold it, is taken as it is; any other text is sealed."""
        if isinstance(value, str) and TOKEN.fullmatch(value):
            return Sealed(context=self.context, mask=self.mask, token=value)
        return self.sealed(value)

    def get_prep_value(self, value):
        value = self.sealed(value)
        return value.as_token() if isinstance(value, Sealed) else value

    def value_to_string(self, obj):
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def get_lookup(self, lookup_name):
        if lookup_name not in LOOKUPS:
            raise FieldError(f"{self.name} is encrypted; find equal texts with matching().")
        return super().get_lookup(lookup_name)

    def formfield(self, **more):
        return super().formfield(**{"form_class": SealedFormField, "widget": None} | more)

    def run_validators(self, value):
        super().run_validators(value.plain() if isinstance(value, Sealed) else value)


@EncryptedText.register_lookup
class SameToken(Exact):
    """Equal to a token that was read; a text would never be equal, each is encrypted anew."""

    def get_prep_lookup(self):
        if isinstance(self.rhs, str) and self.rhs:
            raise FieldError(
                f"{self.lhs.output_field.name} is encrypted; find equal texts with matching()."
            )
        return super().get_prep_lookup()


class BlindIndex(models.CharField):
    """A keyed digest of an encrypted field of the same row, set with it, by which equal texts are found.

    It is no constraint: while keys are changed, equal texts have different digests.
    """

    is_sealed = True

    def __init__(self, *given, of, **more):
        self.of = of
        more = {"max_length": 80, "editable": False, "blank": True, "db_index": True} | more
        super().__init__(*given, **more)

    def deconstruct(self):
        name, path, given, more = super().deconstruct()
        return name, path, given, more | {"of": self.of}

    def pre_save(self, model_instance, add):
        try:
            digest = self.digest(getattr(model_instance, self.of))
        except Refused:  # damaged: the row stays as it is, and the rest of it can be saved
            return getattr(model_instance, self.attname)
        setattr(model_instance, self.attname, digest)
        return digest

    def digest(self, value):
        """The index of a value, by the newest key."""
        if not value:
            return ""
        return self.written(settings.CRYPTO_SUITE, newest(), value.plain())

    def written(self, suite, number, text):
        context = self.model._meta.get_field(self.of).context
        return f"{suite}.{number}.{digest_of(number, suite, context, plainest(text))}"

    def possible(self, text):
        """The digests that a text may have been written with."""
        return [self.written(suite, number, text) for suite in SUITES for number in ring()]


def plainest(text):
    """The text as it is compared: without the blanks of its writing, letters small."""
    return "".join(text.split()).casefold()


def indexes_of(model, name):
    """The blind indexes of an encrypted field."""
    return [f for f in model._meta.get_fields() if isinstance(f, BlindIndex) and f.of == name]


def matching(model, name, text):
    """The condition that an encrypted field holds this text: `rows.filter(matching(Staff, "phone", given))`."""
    (index,) = indexes_of(model, name)
    return models.Q(**{f"{index.name}__in": index.possible(text)})


def stated_numbers(row, *names):
    """Name and label of those encrypted fields of a row that hold something, to choose one to open."""
    return [(name, row._meta.get_field(name).verbose_name) for name in names if getattr(row, name)]
