from django.urls import path

from zhongchuang.rulebooks import views

app_name = "rulebooks"
urlpatterns = [
    path("rulebooks/", views.rulebooks, name="rulebooks"),
    path("rulebooks/new/", views.hand_in, name="hand_in"),
    path("rulebooks/<uuid:key>/", views.rulebook, name="rulebook"),
    path("packs/<slug:pack>/versions/<slug:digest>.zip", views.archived, name="archive"),
    path("rulebooks/<uuid:key>/propose/", views.propose, name="propose"),
    path("rulebooks/end/<slug:pack>/", views.end, name="end"),
    path("rulebooks/activations/<uuid:key>/", views.activation, name="activation"),
]
