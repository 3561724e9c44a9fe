from django.urls import path

from zhongchuang.signs import views

app_name = "signs"
urlpatterns = [
    path("signs/", views.signs, name="signs"),
    path("signs/<int:pk>/", views.sign, name="sign"),
    path("signs/<int:pk>/answer/", views.answer, name="answer"),
]
