from django.apps import AppConfig
from django.core.checks import Error, register
from django.utils.translation import gettext_lazy as _


def facts_are_told_once(app_configs, **options):  # noqa: ARG001 -- Django passes both
    from zhongchuang.records.register import REGISTER  # noqa: PLC0415 -- app ready

    return [Error(fault, id="records.E001") for fault in REGISTER.faults]


class RecordsConfig(AppConfig):
    name = "zhongchuang.records"
    verbose_name = _("Evidence")

    def ready(self):
        """The apps tell what facts they have; nothing is read from the database yet."""
        from zhongchuang.records.register import REGISTER  # noqa: PLC0415 -- app ready

        REGISTER.discover()
        register(facts_are_told_once)
