"""The addresses of the API: its documents, one router for each noun, and an answer for every other address."""

from functools import partial

from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from zhongchuang.api.answers import MISSING, answered, handle_faults, told
from zhongchuang.api.changes import changes, proposals
from zhongchuang.api.documents import docs, openapi
from zhongchuang.api.evidence import evidence
from zhongchuang.api.figures import figures
from zhongchuang.api.identity import PerMinute
from zhongchuang.api.ledgers import lines, of_space
from zhongchuang.api.organisations import organisations
from zhongchuang.api.regions import regions
from zhongchuang.api.spaces import spaces

app_name = "api"


NOUNS = {
    "regions": regions,
    "organisations": organisations,
    "spaces": spaces,
    "changes": changes,
    "evidence": evidence,
    "ledgers": lines,
}


class Renderer(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False}


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation):
        return operation.view_func.__name__


api = Api(
    title="Zhongchuang", version="1", urls_namespace="api", docs_url=None, openapi_url=None,
    throttle=[PerMinute()], renderer=Renderer(),
)  # fmt: skip
for name, noun in NOUNS.items():
    api.add_router(name, noun)
for more in (proposals, figures, of_space):
    api.add_router("spaces", more)
handle_faults(api)


def nothing(request):
    return told(MISSING)


urlpatterns = [
    path("", partial(docs, api=api), name="docs"),
    path("openapi.json", answered(partial(openapi, api=api)), name="openapi"),
    *(
        URLPattern(one.pattern, answered(one.callback), one.default_args, one.name)
        for one in api.urls[0]
        if one.name != "api-root"
    ),
    re_path("", answered(nothing)),
]
