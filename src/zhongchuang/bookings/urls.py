from django.urls import path

from zhongchuang.bookings import views

app_name = "bookings"
urlpatterns = [
    path("spaces/<slug:code>/resources/", views.resources, name="resources"),
    path("spaces/<slug:code>/usage/", views.hours, name="usage"),
    path("resources/<uuid:key>/", views.week, name="week"),
    path("resources/<uuid:key>/book/", views.book, name="book"),
    path("bookings/<uuid:key>/", views.booking, name="booking"),
    path("bookings/<uuid:key>/cancel/", views.cancel, name="cancel"),
]
