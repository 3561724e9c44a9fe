from django.urls import path

from zhongchuang.procedures import views

app_name = "procedures"
urlpatterns = [
    path("services/apply/", views.services, name="services"),
    path("guide/<slug:pack>/<slug:procedure>/", views.guide, name="guide"),
    path("guide/<slug:pack>/<slug:procedure>/begin/<slug:code>/", views.begin, name="begin"),
    path("guide/<slug:pack>/<slug:procedure>/extend/", views.extend, name="extend"),
    path("notices/", views.notices, name="notices"),
    path("notices/extensions/", views.extensions, name="extensions"),
    path("extensions/<uuid:key>/", views.extension, name="extension"),
    path("cases/", views.queue, name="queue"),
    path("cases/files/", views.files, name="files"),
    path("cases/<uuid:key>/file.zip", views.file_, name="file"),
    path("cases/<uuid:key>/", views.case, name="case"),
    path("cases/<uuid:key>/form/<slug:section>/", views.entries, name="entries"),
    path("cases/<uuid:key>/material/<slug:slot>/", views.material, name="material"),
    path("cases/<uuid:key>/file/<int:pk>/remove/", views.remove, name="remove"),
    path("cases/<uuid:key>/check/", views.check, name="check"),
    path("cases/<uuid:key>/receipt/", views.receipt, name="receipt"),
    path("cases/<uuid:key>/withdraw/", views.withdraw, name="withdraw"),
    path("cases/<uuid:key>/discard/", views.discard, name="discard"),
    path("cases/<uuid:key>/take/", views.take, name="take"),
    path("cases/<uuid:key>/hand-over/", views.hand_over, name="hand_over"),
    path("cases/<uuid:key>/ask/", views.ask, name="ask"),
    path("cases/<uuid:key>/advice/<int:pk>/", views.advise, name="advise"),
    path("cases/<uuid:key>/return/", views.return_, name="return"),
    path("cases/<uuid:key>/do/<slug:name>/", views.move, name="move"),
    path("cases/<uuid:key>/extend/", views.extend_term, name="extend_term"),
    path("cases/<uuid:key>/decision.json", views.decision, name="decision"),
]
