from django.urls import path

from zhongchuang.contests import views

app_name = "contests"
urlpatterns = [
    path("decisions/<slug:subject>/review/", views.ask, name="ask"),
]
