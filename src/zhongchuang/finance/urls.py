from django.urls import path

from zhongchuang.finance import views

app_name = "finance"
urlpatterns = [
    path("spaces/<slug:code>/accounts/", views.accounts, name="accounts"),
    path("spaces/<slug:code>/bills/", views.bills, name="bills"),
    path("spaces/<slug:code>/bills/issue/", views.issue, name="issue"),
    path("bills/<uuid:key>/", views.bill, name="bill"),
    path("bills/<uuid:key>/pay/", views.pay, name="pay"),
    path("bills/<uuid:key>/cancel/", views.cancel, name="cancel"),
    path("payments/<uuid:key>/strike/", views.strike, name="strike"),
]
