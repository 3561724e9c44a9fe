from django.urls import path

from zhongchuang.services import views

app_name = "services"
urlpatterns = [
    path("spaces/<slug:code>/appoint/", views.appoint, name="appoint"),
    path("mentors/<int:pk>/", views.mentor, name="mentor"),
    path("mentors/<int:pk>/change/", views.change_mentor, name="change_mentor"),
    path("mentors/<int:pk>/reveal/", views.reveal, name="reveal"),
]
