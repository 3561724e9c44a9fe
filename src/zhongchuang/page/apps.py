from django.apps import AppConfig
from django.conf import settings
from django.core.checks import Warning as CheckWarning
from django.core.checks import register

from zhongchuang.policy import workdays


def site_code_is_set(app_configs, **options):  # noqa: ARG001 -- Django passes both
    if settings.SITE["code"]:
        return []
    return [
        CheckWarning(
            "A government website shows its identification code; none is set.",
            hint="Set ZHONGCHUANG_SITE_CODE.",
            id="page.W001",
        )
    ]


class PageConfig(AppConfig):
    name = "zhongchuang.page"

    def ready(self):
        workdays.add(settings.DATA / "holidays.toml")
        register(site_code_is_set, deploy=True)
