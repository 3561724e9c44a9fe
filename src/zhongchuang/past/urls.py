from django.urls import path

from zhongchuang.past import views

app_name = "past"
urlpatterns = [
    path("past/<slug:kind>/", views.records, name="records"),
    path("past/<slug:kind>/register.xlsx", views.export, name="export"),
    path("past/<slug:kind>/<slug:code>/", views.record, name="record"),
    path("past/<slug:kind>/<slug:code>/correct/", views.correct, name="correct"),
    path("past/grants/<slug:code>/reveal/", views.reveal, name="reveal"),
]
