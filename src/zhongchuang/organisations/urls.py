from allauth import urls as allauth
from django.urls import include, path

from zhongchuang.organisations import views
from zhongchuang.organisations.forms import FounderForm, OperatorForm
from zhongchuang.organisations.views import account, library, register, tokens

organisation_urls = [
    path("", register.organisations, name="organisations"),
    path("new/", register.bring_in, name="bring_in"),
    path("mine/", views.own, name="own"),
    path("waiting/", views.waiting, name="waiting"),
    path("correct/", views.correct, name="correct"),
    path("<int:pk>/", views.organisation, name="organisation"),
    path("<int:pk>/invite/", views.invite, name="invite"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
    path("<int:pk>/refuse/", views.refuse, name="refuse"),
    path("<int:pk>/change/", register.change, name="change"),
    path("<int:pk>/close/", register.close, name="close"),
    path("<int:pk>/reopen/", register.reopen, name="reopen"),
    path("<int:pk>/delegate/", register.delegate, name="delegate"),
    path("<int:pk>/tokens/", tokens.tokens, name="tokens"),
    path("<int:pk>/tokens/new/", tokens.new_token, name="new_token"),
    path("<int:pk>/tokens/<int:token>/revoke/", tokens.revoke_token, name="revoke_token"),
]

join_urls = [
    path(
        "founder/",
        views.JoinView.as_view(
            form_class=FounderForm, template_name="organisations/join_founder.html"
        ),
        name="join_founder",
    ),
    path(
        "operator/",
        views.JoinView.as_view(
            form_class=OperatorForm, template_name="organisations/join_operator.html"
        ),
        name="join_operator",
    ),
]

ours = [
    path("session/", account.session, name="session"),
    path("session/begun/", account.session_begun, name="session_begun"),
    path("workbench/", views.workbench, name="workbench"),
    path("organisations/", include(organisation_urls)),
    path("join/", include(join_urls)),
    path("invitations/<str:token>/", views.invitation, name="invitation"),
    path("invitations/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("posts/<int:pk>/take/", views.take_post, name="take_post"),
    path("posts/<int:pk>/end/", views.end_post, name="end_post"),
    path("posts/<int:pk>/stand-in/", register.stand_in, name="stand_in"),
    path("delegations/<int:pk>/end/", register.end_delegation, name="end_delegation"),
    path("people/<int:pk>/close/", views.switch, {"on": False}, name="close_account"),
    path("people/<int:pk>/open/", views.switch, {"on": True}, name="open_account"),
    path("account/profile/", account.profile, name="profile"),
    path("account/recovery-codes/", account.recovery_codes, name="recovery_codes"),
    path("account/second-factor.svg", account.second_factor_picture, name="second_factor_picture"),
]

urlpatterns = [
    path("", include((ours, "organisations"))),
    path("account/signup/", views.join, name="account_signup"),
    path("account/2fa/totp/activate/", library.activate_totp, name="mfa_activate_totp"),
    path("account/sessions/", library.sessions, name="usersessions_list"),
    path("account/", include(library.in_one_transaction(allauth.urlpatterns))),
]
