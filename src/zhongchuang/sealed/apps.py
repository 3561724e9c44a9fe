from django.apps import AppConfig


class SealedConfig(AppConfig):
    name = "zhongchuang.sealed"

    def ready(self):
        """Keys that cannot be used stop the start."""
        from zhongchuang.sealed.keys import ring  # noqa: PLC0415 -- app ready

        ring()
