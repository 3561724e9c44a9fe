from django.urls import path

from zhongchuang.papers import views

app_name = "papers"
urlpatterns = [
    path("cases/<uuid:key>/papers/<slug:kind>/", views.write, name="write"),
    path("papers/<uuid:key>/", views.paper, name="paper"),
    path("papers/<uuid:key>/change/", views.change, name="change"),
    path("papers/<uuid:key>/paper.docx", views.word, name="word"),
    path("papers/<uuid:key>/paper.pdf", views.printed, name="printed"),
]
