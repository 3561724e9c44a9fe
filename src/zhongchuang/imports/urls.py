from django.urls import include, path

from zhongchuang.imports import views

app_name = "imports"

import_urls = [
    path("", views.one, name="import"),
    path("columns/", views.columns, name="columns"),
    path("errors.xlsx", views.errors, name="errors"),
    path("confirm/", views.confirm, name="confirm"),
    path("progress/", views.progress, name="progress"),
    path("undo/", views.undo, name="undo"),
]

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/new/<slug:kind>/", views.new, name="new"),
    path("imports/new/<slug:kind>/template.xlsx", views.template, name="template"),
    path("imports/into/<str:scope>/", views.into, name="into"),
    path("imports/into/<str:scope>/<slug:kind>/", views.new, name="new_into"),
    path("imports/into/<str:scope>/<slug:kind>/template.xlsx", views.template, name="template_into"),
    path("imports/<uuid:key>/", include(import_urls)),
]  # fmt: skip
