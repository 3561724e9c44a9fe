"""All addresses: each app brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("zhongchuang.portal.urls")),
    path("account/", include("zhongchuang.privacy.urls")),  # before the library's own pages there
    path("", include("zhongchuang.organisations.urls")),
    path("", include("zhongchuang.records.urls")),
    path("", include("zhongchuang.imports.urls")),
    path("", include("zhongchuang.spaces.urls")),
    path("", include("zhongchuang.ledgers.urls")),
    path("", include("zhongchuang.residents.urls")),
    path("", include("zhongchuang.services.urls")),
    path("", include("zhongchuang.finance.urls")),
    path("", include("zhongchuang.admission.urls")),
    path("", include("zhongchuang.procedures.urls")),
    path("", include("zhongchuang.papers.urls")),
    path("", include("zhongchuang.panels.urls")),
    path("", include("zhongchuang.contests.urls")),
    path("", include("zhongchuang.objections.urls")),
    path("", include("zhongchuang.visits.urls")),
    path("", include("zhongchuang.credit.urls")),
    path("", include("zhongchuang.filing.urls")),
    path("", include("zhongchuang.past.urls")),
    path("", include("zhongchuang.rulebooks.urls")),
    path("", include("zhongchuang.bookings.urls")),
    path("", include("zhongchuang.signs.urls")),
    path("", include("zhongchuang.totals.urls")),
    path("", include("zhongchuang.gap.urls")),
    path("", include("zhongchuang.page.urls")),
    path("api/", include("zhongchuang.api.urls")),
]

handler400 = "zhongchuang.page.errors.unreadable"
handler403 = "zhongchuang.page.errors.forbidden"
handler404 = "zhongchuang.page.errors.missing"
handler500 = "zhongchuang.page.errors.broken"
handler429 = "zhongchuang.page.errors.too_many"  # asked for by the sign-in pages
