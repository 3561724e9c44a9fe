from django.urls import path

from zhongchuang.ledgers import views

app_name = "ledgers"
urlpatterns = [
    path("daily/", views.daily, name="daily"),
    path("spaces/<slug:code>/ledgers/", views.ledgers, name="ledgers"),
    path("spaces/<slug:code>/ledgers/<slug:name>/", views.ledger, name="ledger"),
    path("spaces/<slug:code>/ledgers/<slug:name>/new/", views.new, name="new"),
    path("spaces/<slug:code>/ledgers/<slug:name>/export/", views.export, name="export"),
    path("spaces/<slug:code>/charts/", views.charts, name="charts"),
    path("spaces/<slug:code>/profile/", views.profile, name="profile"),
    path("spaces/<slug:code>/profile/<slug:name>/", views.function, name="function"),
    path("spaces/<slug:code>/behind/<str:fact>/", views.behind, name="behind"),
    path("spaces/<slug:code>/behind/<str:fact>/export/", views.behind_export, name="behind_export"),
    path("spaces/<slug:code>/enter/<str:fact>/", views.enter, name="enter"),
    path("ledgers/<slug:name>/<uuid:key>/", views.line, name="line"),
    path("ledgers/<slug:name>/<uuid:key>/correct/", views.correct, name="correct"),
    path("ledgers/<slug:name>/<uuid:key>/strike/", views.strike, name="strike"),
]
