# ruff: noqa: E402 -- a program: settings change before Django reads them
"""The site in a process of its own that may be killed: `server.py DATABASE PORT`."""

import sys

from zhongchuang import settings

DATABASE, PORT = sys.argv[1:]
settings.DATABASES["default"]["NAME"] = DATABASE
settings.STORAGES["staticfiles"]["BACKEND"] = (
    "django.contrib.staticfiles.storage.StaticFilesStorage"
)

import django
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application

django.setup()
server = ThreadedWSGIServer(("127.0.0.1", int(PORT)), WSGIRequestHandler)
server.set_app(StaticFilesHandler(get_wsgi_application()))
server.serve_forever()
