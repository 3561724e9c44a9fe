"""Letters by mail: written into the job table in the action's transaction, sent by the worker. What runs daily."""

from django.conf import settings
from django.core.mail import send_mail
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import translation
from django_q.tasks import async_task


def write(letter, to, *, address, app="organisations", **context):
    """Queue a letter of an app's templates; it is sent if and only if the transaction around it commits."""
    context |= {"platform": settings.SITE, "address": settings.SITE_ADDRESS + address}
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"{app}/letters/{letter}.txt", context)
    subject, _, body = text.strip().partition("\n")
    post(subject, body.strip() + "\n", to)


def post(subject, body, to):
    async_task("zhongchuang.organisations.jobs.deliver", subject, body, to)


def deliver(subject, body, to):
    """Hand a letter to the mail server; a failure is tried again by the worker."""
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [to])


def close_unused_accounts():
    """Close the accounts of officials that nobody has used for long (M-02); may run twice."""
    call_command("close_unused_accounts")
