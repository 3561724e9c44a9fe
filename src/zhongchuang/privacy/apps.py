from django.apps import AppConfig
from django.core.checks import Error, register


def public_fields_are_public(app_configs, **options):  # noqa: ARG001 -- Django passes both
    from zhongchuang.privacy.inventory import faults_of_public_fields  # noqa: PLC0415 -- app ready

    return [Error(fault, id="privacy.E001") for fault in faults_of_public_fields()]


class PrivacyConfig(AppConfig):
    name = "zhongchuang.privacy"

    def ready(self):
        register(public_fields_are_public)
