"""What every model field is to privacy: docs/privacy/ropa.csv has a row for each, and here is what the code says of them."""

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist

from zhongchuang.sealed.fields import EncryptedText


def our_models():
    """The models of our apps."""
    return [
        model
        for app in apps.get_app_configs()
        if app.name.startswith("zhongchuang.")
        for model in app.get_models()
    ]


def our_fields():
    """App, model and field of every column that we made, but for keys that only number rows."""
    return [
        (model._meta.app_label, model.__name__, field.name)
        for model in our_models()
        for field in model._meta.concrete_fields
        if not (field.primary_key and field.name == "id")
    ]


def public_fields():
    """The columns that models declare to be public."""
    return {
        (model._meta.app_label, model.__name__, name)
        for model in our_models()
        for name in getattr(model, "public_fields", ())
    }


def faults_of_public_fields():
    """Declarations that name no field, or one that is encrypted."""
    faults = []
    for model in our_models():
        for name in getattr(model, "public_fields", ()):
            try:
                field = model._meta.get_field(name)
            except FieldDoesNotExist:
                faults.append(f"{model.__name__}.public_fields names {name}, which is no field.")
            else:
                if isinstance(field, EncryptedText):
                    faults.append(f"{model.__name__}.{name} is encrypted and cannot be public.")
    return faults
