from django.urls import path

from zhongchuang.credit import views

app_name = "credit"
urlpatterns = [
    path("credit/", views.records, name="records"),
    path("credit/register.xlsx", views.export, name="export"),
    path("credit/operators/<int:pk>/enter/", views.enter, name="enter"),
    path("credit/requests/<uuid:key>/answer/", views.answer, name="answer"),
    path("credit/<slug:code>/", views.record, name="record"),
    path("credit/<slug:code>/ask/", views.ask, name="ask"),
    path("credit/<slug:code>/end/", views.end, name="end"),
]
