"""A bare Django view that writes one row and one audit row: no session, no rights, no form, no middleware."""

import os

import dj_database_url
import django
from django.conf import settings

settings.configure(
    DATABASES={"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=600)},
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench", MIDDLEWARE=[], INSTALLED_APPS=[], USE_TZ=True,
    LOGGING_CONFIG=None,
)  # fmt: skip
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402 -- the settings stand first
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Row(models.Model):  # noqa: DJ008 -- nobody reads it
    moment = models.DateTimeField(default=timezone.now)
    words = models.TextField()

    class Meta:
        app_label = "bare"
        db_table = "bench_row"


class AuditRow(models.Model):  # noqa: DJ008 -- nobody reads it
    moment = models.DateTimeField(default=timezone.now)
    subject = models.BigIntegerField()
    verb = models.CharField(max_length=64)

    class Meta:
        app_label = "bare"
        db_table = "bench_audit"


def write(request):
    with transaction.atomic():
        row = Row.objects.create(words=request.POST.get("words", ""))
        AuditRow.objects.create(subject=row.pk, verb="written")
    return HttpResponse("done")


def tables():
    """Make both tables where they are not there."""
    have = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for one in (Row, AuditRow):
            if one._meta.db_table not in have:
                editor.create_model(one)


urlpatterns = [path("write/", write)]
application = get_wsgi_application()
