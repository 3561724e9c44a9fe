from django.urls import path

from zhongchuang.admission import views

app_name = "admission"
urlpatterns = [
    path("apply/", views.calls, name="calls"),
    path("apply/<slug:code>/", views.apply, name="apply"),
    path("apply/follow/<str:token>/", views.follow, name="follow"),
    path("apply/follow/<str:token>/again/", views.again, name="again"),
    path("apply/follow/<str:token>/take-back/", views.take_back, name="take_back"),
    path("apply/figures/<str:token>/", views.give, name="give"),
    path("applications/mine/", views.mine, name="mine"),
    path("applications/mine/<uuid:key>/claim/", views.claim, name="claim"),
    path("applications/mine/<uuid:key>/figures/", views.begin_own, name="begin_own"),
    path("spaces/<slug:code>/applications/", views.applications, name="applications"),
    path("spaces/<slug:code>/applications/call/", views.call, name="call"),
    path("spaces/<slug:code>/applications/poster/", views.poster, name="poster"),
    path("spaces/<slug:code>/applications/poster.svg", views.qr, name="qr"),
    path("applications/<uuid:key>/", views.application, name="application"),
    path("applications/<uuid:key>/interview/", views.interview, name="interview"),
    path("applications/<uuid:key>/admit/", views.admit, name="admit"),
    path("applications/<uuid:key>/refuse/", views.refuse, name="refuse"),
    path("applications/<uuid:key>/take-in/", views.take_in, name="take_in"),
    path("applications/<uuid:key>/reveal/", views.reveal, name="reveal"),
    path("spaces/<slug:code>/figures/", views.all_figures, name="all_figures"),
    path("spaces/<slug:code>/figures/ask/", views.ask, name="ask"),
    path("figures/<uuid:key>/", views.figures, name="figures"),
    path("figures/<uuid:key>/confirm/", views.confirm, name="confirm"),
    path("figures/<uuid:key>/return/", views.return_, name="return"),
    path("figures/<uuid:key>/renew/", views.renew, name="renew"),
    path("figures/<uuid:key>/cancel/", views.cancel, name="cancel"),
]
