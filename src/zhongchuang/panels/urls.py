from django.urls import path

from zhongchuang.panels import views

app_name = "panels"
urlpatterns = [
    path("reviews/", views.seats, name="seats"),
    path("reviews/<uuid:key>/", views.seat, name="seat"),
    path("reviews/<uuid:key>/opinion/", views.give, name="give"),
    path("reviews/<uuid:key>/give-up/", views.recuse, name="recuse"),
    path("reviews/<uuid:key>/take-out/", views.take_out, name="take_out"),
    path("reviews/<uuid:key>/file/<uuid:file>/", views.file_, name="file"),
    path("cases/<uuid:key>/experts/", views.panel, name="panel"),
    path("cases/<uuid:key>/experts/draw/", views.draw, name="draw"),
    path("cases/<uuid:key>/experts/again/", views.again, name="again"),
]
