from django.urls import path

from zhongchuang.visits import views
from zhongchuang.visits.views import pictures, planning

app_name = "visits"
urlpatterns = [
    path("cases/<uuid:key>/visits/plan/", planning.plan, name="plan"),
    path("visits/<uuid:key>/", views.visit, name="visit"),
    path("visits/<uuid:key>/move/", planning.shift, name="shift"),
    path("visits/<uuid:key>/cancel/", planning.cancel, name="cancel"),
    path("visits/<uuid:key>/visit.ics", planning.calendar, name="calendar"),
    path("visits/<uuid:key>/checklist/", views.checklist, name="checklist"),
    path("visits/<uuid:key>/photographs/", pictures.add, name="photograph"),
    path("visits/<uuid:key>/photographs/<int:pk>/", pictures.show, name="picture"),
    path("visits/<uuid:key>/photographs/<int:pk>/small/", pictures.small, name="small"),
    path("visits/<uuid:key>/photographs/<int:pk>/remove/", pictures.remove, name="remove"),
    path("visits/<uuid:key>/close/", views.close, name="close"),
    path("visits/<uuid:key>/confirm/", views.confirm, name="confirm"),
    path("visits/<uuid:key>/reopen/", views.reopen, name="reopen"),
    path("visits/<uuid:key>/retake/", views.retake, name="retake"),
    path("visits/<uuid:key>/report.pdf", views.printed, name="printed"),
]
