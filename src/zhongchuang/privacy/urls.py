from django.urls import path

from zhongchuang.privacy import views

app_name = "privacy"
urlpatterns = [
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/export/", views.export, name="export"),
    path("notice/", views.notice, name="notice"),
    path("data-requests/", views.requests, name="requests"),
    path("data-requests/<int:pk>/", views.one, name="request"),
]
