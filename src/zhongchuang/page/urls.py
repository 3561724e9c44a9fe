from django.urls import path

from zhongchuang.page.display import display

app_name = "page"
urlpatterns = [path("display/", display, name="display")]
