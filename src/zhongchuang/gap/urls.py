from django.urls import path

from zhongchuang.gap.views import (
    answer,
    downloads,
    packs,
    private,
    registered,
    start,
    uploads,
    whatif,
)

app_name = "gap"
urlpatterns = [
    path("gap/", start.start, name="start"),
    path("gap/template/", start.template, name="template"),
    path("gap/answer/", answer.by_link, name="answer"),
    path("gap/answer/<str:kind>/", downloads.by_link, name="answer_file"),
    path("gap/upload/", uploads.send, name="send"),
    path("gap/u/deleted/", uploads.deleted, name="deleted"),
    path("gap/u/<str:name>/", uploads.listed, {"kind": "u"}, name="upload"),
    path("gap/u/<str:token>/delete/", uploads.delete, name="delete"),
    path("gap/u/<str:name>/<int:number>/", uploads.subject, {"kind": "u"}, name="upload_subject"),
    path("gap/u/<str:name>/file/<str:form>/", downloads.of_all, {"kind": "u"}, name="upload_file"),
    path(
        "gap/u/<str:name>/<int:number>/<str:form>/",
        downloads.of_subject,
        {"kind": "u"},
        name="upload_subject_file",
    ),
    path("gap/u/<path:rest>/", private.nothing),
    path("gap/demo/<slug:name>/", uploads.listed, {"kind": "demo"}, name="demo"),
    path(
        "gap/demo/<slug:name>/<int:number>/", uploads.subject, {"kind": "demo"}, name="demo_subject"
    ),
    path(
        "gap/demo/<slug:name>/file/<str:form>/",
        downloads.of_all,
        {"kind": "demo"},
        name="demo_file",
    ),
    path(
        "gap/demo/<slug:name>/<int:number>/<str:form>/",
        downloads.of_subject,
        {"kind": "demo"},
        name="demo_subject_file",
    ),
    path("spaces/<slug:code>/gap/", registered.space, name="space"),
    path("spaces/<slug:code>/gap/<str:form>/", registered.space_file, name="space_file"),
    path("gap/whatif/", whatif.whatif, name="whatif"),
    path("gap/whatif/<str:form>/", whatif.download, name="whatif_file"),
    path("packs/<slug:id_>/", packs.pack, name="pack"),
    path("packs/<slug:id_>/pack.toml", packs.toml, name="pack_toml"),
]
