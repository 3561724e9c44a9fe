from django.urls import path

from zhongchuang.residents import views

app_name = "residents"
urlpatterns = [
    path("spaces/<slug:code>/take-in/", views.take_in, name="take_in"),
    path("residents/<slug:code>/", views.resident, name="resident"),
    path("residents/<slug:code>/change/", views.change, name="change"),
    path("residents/<slug:code>/same/", views.same, name="same"),
    path("residents/<slug:code>/merge/<slug:into>/", views.merge, name="merge"),
    path("mergers/<int:pk>/take-apart/", views.take_apart, name="take_apart"),
    path("residents/<slug:code>/founders/new/", views.new_founder, name="new_founder"),
    path("founders/<int:pk>/", views.founder, name="founder"),
    path("founders/<int:pk>/reveal/", views.reveal, name="reveal"),
    path("spaces/<slug:code>/same-founders/", views.same_founders, name="same_founders"),
    path("founders/<int:pk>/merge/<int:into>/", views.merge_founders, name="merge_founders"),
    path(
        "founder-mergers/<int:pk>/take-apart/",
        views.take_founders_apart,
        name="take_founders_apart",
    ),
    path("stays/<uuid:key>/stage/", views.stage, name="stage"),
    path("stays/<uuid:key>/desks/", views.desks, name="desks"),
    path("stays/<uuid:key>/leave/", views.leave, name="leave"),
]
