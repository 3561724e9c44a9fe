from django.urls import path

from zhongchuang.services.views import askings, events, mentors, signups

app_name = "services"
mentor_urls = [
    path("spaces/<slug:code>/appoint/", mentors.appoint, name="appoint"),
    path("spaces/<slug:code>/same-mentors/", mentors.same, name="same_mentors"),
    path("mentors/<int:pk>/merge/<int:into>/", mentors.merge, name="merge_mentors"),
    path("mentor-mergers/<int:pk>/take-apart/", mentors.take_apart, name="take_mentors_apart"),
    path("mentors/<int:pk>/", mentors.mentor, name="mentor"),
    path("mentors/<int:pk>/change/", mentors.change_mentor, name="change_mentor"),
    path("mentors/<int:pk>/reveal/", mentors.reveal, name="reveal"),
]
asking_urls = [
    path("spaces/<slug:code>/session-requests/", askings.askings, name="askings"),
    path("spaces/<slug:code>/ask-for-session/", askings.ask, name="ask"),
    path("session-requests/<uuid:key>/", askings.asking, name="asking"),
    path("session-requests/<uuid:key>/agree/", askings.agree, name="agree"),
    path("session-requests/<uuid:key>/decline/", askings.decline, name="decline"),
    path("session-requests/<uuid:key>/hold/", askings.hold, name="hold"),
    path("session-requests/<uuid:key>/rate/", askings.rate, name="rate"),
]
event_urls = [
    path("sign-ups/<uuid:key>/", events.signups, name="signups"),
    path("sign-ups/<uuid:key>/open/", events.open_signup, name="open_signup"),
    path("sign-ups/<uuid:key>/change/", events.change_opening, name="change_opening"),
    path("sign-ups/<uuid:key>/poster/", events.poster, name="poster"),
    path("sign-ups/<uuid:key>/take-over/", events.take_over, name="take_over"),
    path("sign-ups/<uuid:key>/photograph/", events.photograph, name="photograph"),
    path("sign-ups/people/<int:pk>/tick/", events.tick, name="tick"),
    path("sign-ups/people/<int:pk>/untick/", events.untick, name="untick"),
    path("sign-ups/people/<int:pk>/reveal/", events.reveal, name="reveal_mobile"),
]
# What visitors open lies under one address, all of it private: the address is the key.
visitor_urls = [
    path("events/mine/<str:token>/", signups.mine, name="mine"),
    path("events/mine/<str:token>/call-off/", signups.call_off, name="call_off"),
    path("events/door/<str:door>/", signups.door, name="door"),
    path("events/door/<str:door>/walk-in/", signups.walk_in, name="walk_in"),
    path("events/<str:token>/", signups.event, name="event"),
]
urlpatterns = [*mentor_urls, *asking_urls, *event_urls, *visitor_urls]
