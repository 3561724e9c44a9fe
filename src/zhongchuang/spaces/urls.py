from django.urls import include, path

from zhongchuang.spaces import views

app_name = "spaces"

cluster_urls = [
    path("", views.clusters, name="clusters"),
    path("new/", views.new_cluster, name="new_cluster"),
    path("<int:pk>/", views.cluster, name="cluster"),
    path("<int:pk>/change/", views.change_cluster, name="change_cluster"),
    path("<int:pk>/members/", views.join_cluster, name="join_cluster"),
    path("members/<int:pk>/leave/", views.leave_cluster, name="leave_cluster"),
]

change_urls = [
    path("", views.changes, name="changes"),
    path("<uuid:key>/", views.change, name="change"),
    path("<uuid:key>/confirm/", views.confirm_change, name="confirm_change"),
    path("<uuid:key>/refuse/", views.refuse_change, name="refuse_change"),
    path("<uuid:key>/withdraw/", views.withdraw_change, name="withdraw_change"),
]

plan_urls = [
    path("", views.plan, name="plan"),
    path("add/", views.add_desks, name="add_desks"),
    path("end/", views.end_desks, name="end_desks"),
    path("settings/", views.set_plan, name="set_plan"),
    path("rest/", views.place_rest, name="place_rest"),
    path("background/", views.background, name="background"),
    path("<uuid:series>/", views.change_desk, name="change_desk"),
]

photograph_urls = [
    path("", views.photographs, name="photographs"),
    path("add/", views.add_photographs, name="add_photographs"),
    path("<uuid:series>/caption/", views.describe_photograph, name="describe_photograph"),
    path("<uuid:series>/move/", views.move_photograph, name="move_photograph"),
    path("<uuid:series>/down/", views.take_down_photograph, name="take_down_photograph"),
    path("<int:pk>/<str:size>/", views.picture, name="picture"),
]

space_urls = [
    path("", views.space, name="space"),
    path("history/", views.history, name="history"),
    path("record/", views.record, name="record"),
    path("basics/", views.basics, name="basics"),
    path("submit/", views.submit, name="submit"),
    path("take-back/", views.take_back, name="take_back"),
    path("confirm/", views.confirm, name="confirm"),
    path("return/", views.return_, name="return"),
    path("close/", views.close, name="close"),
    path("operator/", views.change_operator, name="change_operator"),
    path("desks/", views.desks, name="desks"),
    path("desks/<uuid:site>/", include(plan_urls)),
    path("photographs/", include(photograph_urls)),
    path("staff/<uuid:series>/reveal/", views.reveal_number, name="reveal_number"),
    path("<slug:table>/new/", views.add_row, name="add_row"),
    path("<slug:table>/<uuid:series>/", views.revise_row, name="revise_row"),
    path("<slug:table>/<uuid:series>/correct/", views.correct_row, name="correct_row"),
    path("<slug:table>/<uuid:series>/end/", views.end_row, name="end_row"),
]

urlpatterns = [
    path("spaces/", views.register, name="register"),
    path("spaces/new/", views.new, name="new"),
    path("spaces/changes/", include(change_urls)),
    path("spaces/export/", views.export, name="export"),
    path("spaces/<str:code>/", include(space_urls)),
    path("clusters/", include(cluster_urls)),
]
