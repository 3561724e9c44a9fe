from django.urls import path

from zhongchuang.objections import views

app_name = "objections"
urlpatterns = [
    path("notices/<str:name>/", views.notice, name="notice"),
    path("notices/<str:name>/object/", views.object_, name="object"),
    path("objections/<str:token>/", views.follow, name="follow"),
    path("objections/<str:token>/again/", views.again, name="again"),
    path("objections/<str:token>/files/", views.files, name="files"),
    path("objections/<str:token>/files/<uuid:key>/take-out/", views.take_out, name="take_out"),
    path("cases/objections/<uuid:key>/", views.objection, name="objection"),
    path("cases/objections/<uuid:key>/files/<uuid:exhibit>/", views.exhibit, name="exhibit"),
    path("cases/objections/<uuid:key>/look-into/", views.look_into, name="look_into"),
    path("cases/objections/<uuid:key>/propose/", views.propose, name="propose"),
    path("cases/objections/<uuid:key>/sign/", views.sign, name="sign"),
    path("cases/objections/<uuid:key>/send-back/", views.send_back, name="send_back"),
    path("cases/objections/<uuid:key>/reveal/", views.reveal, name="reveal"),
    path("cases/<uuid:key>/objection/<slug:name>/", views.settle, name="settle"),
]
