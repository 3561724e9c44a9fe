from django.urls import path

from zhongchuang.totals import views

app_name = "totals"
urlpatterns = [
    path("totals/", views.totals, name="totals"),
    path("totals/export/", views.export, name="export"),
    path("totals/overlaps/", views.overlaps, name="overlaps"),
    path("totals/of/<str:fact>/", views.spread, name="spread"),
]
