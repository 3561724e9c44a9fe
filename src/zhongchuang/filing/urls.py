from django.urls import path

from zhongchuang.filing import views

app_name = "filing"
urlpatterns = [
    path("titles/", views.titles, name="titles"),
    path("titles/<slug:code>/", views.title, name="title"),
    path("titles/<slug:code>/qr.svg", views.picture, name="picture"),
    path("titles/<slug:code>/certificate.pdf", views.certificate, name="certificate"),
    path("titles/<slug:code>/revoke/", views.revoke, name="revoke"),
    path("titles/<slug:code>/give-up/", views.give_up, name="give_up"),
]
