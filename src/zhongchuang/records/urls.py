from django.urls import include, path

from zhongchuang.records.views import audit, drafts, evidence, letters, numbers, releases

app_name = "records"

evidence_urls = [
    path("", evidence.evidence, name="evidence"),
    path("<uuid:key>/", evidence.one, name="file"),
    path("<uuid:key>/download/", evidence.download, name="download"),
    path("<uuid:key>/show/", evidence.show, name="show"),
    path("<uuid:key>/thumbnail/", evidence.thumbnail, name="thumbnail"),
    path("<uuid:key>/withdraw/", evidence.withdraw, name="withdraw"),
    path("<uuid:key>/release/", releases.ask, name="ask_release"),
    path("<uuid:key>/release/decide/", releases.decide, name="decide_release"),
]

draft_urls = [
    path("", drafts.drafts, name="drafts"),
    path("<int:pk>/discard/", drafts.discard, name="discard"),
]

letter_urls = [
    path("", letters.letters, name="letters"),
    path("read/", letters.read_all, name="read_all"),
    path("<int:pk>/read/", letters.read, name="read"),
]

number_urls = [
    path("", numbers.numbers, name="numbers"),
    path("<int:pk>/void/", numbers.void, name="void"),
]

audit_urls = [
    path("", audit.entries, name="audit"),
    path("export/", audit.export, name="audit_export"),
    path("check/", audit.check, name="audit_check"),
]

urlpatterns = [
    path("evidence/", include(evidence_urls)),
    path("drafts/", include(draft_urls)),
    path("letters/", include(letter_urls)),
    path("numbers/", include(number_urls)),
    path("audit/", include(audit_urls)),
]
