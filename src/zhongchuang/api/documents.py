"""What the API says of itself: its OpenAPI document, and a page that is made from it."""

from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_safe

DESCRIPTION = _(
    "Programs of an organisation send a token as `Authorization: Bearer …`. Amounts are exact texts with their unit, moments have an offset, what is unknown is left out and never zero. What you may not see does not exist: it is answered by 404."
)
HEADERS = {
    401: {"WWW-Authenticate": _("How to sign a request.")},
    429: {"Retry-After": _("Seconds after which to go on.")},
}
MEANINGS = {
    200: _("Done."),
    201: _("Made."),
    202: _("Kept until the department has decided."),
    304: _("Unchanged since the answer with that ETag."),
    400: _("The request could not be read."),
    401: _("There is no token, or one that does not work."),
    403: _("Your post or your token may not do this; `code` and `message` say why."),
    404: _("There is nothing that you may see."),
    409: _("Someone else was first, or it is not the moment; `code` and `message` say which."),
    413: _("Too large."),
    422: _("Something is not as declared; `detail` names each field."),
    429: _("Too many requests in a minute."),
    500: _("Something broke on our side."),
}
TITLE = "Zhongchuang"
TITLES = {
    "regions": _("regions"),
    "organisations": _("organisations"),
    "spaces": _("spaces"),
    "changes": _("changes"),
    "ledgers": _("ledgers"),
    "evidence": _("files"),
    "facts": _("facts"),
}


def schema_of(api):
    """The OpenAPI document in the reader's language, with every answer and its headers."""
    schema = dict(api.get_openapi_schema(path_prefix=reverse("api:docs")))
    schema["info"] = schema["info"] | {"description": DESCRIPTION}
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            operation["responses"] = responses_of(method, operation["responses"])
            for one in operation.get("parameters", []):
                one["schema"] = parameter_of(one["schema"])
    for shape in schema["components"]["schemas"].values():
        shape.pop("description", None)  # the docstring, which is for those who read the code
    return spoken(schema)


def responses_of(method, responses):
    if method == "get":
        responses[304] = {"description": ""}
    for status, response in responses.items():
        response["description"] = MEANINGS[int(status)]
        headers = HEADERS.get(int(status), {})
        if headers:
            response["headers"] = {
                name: {"description": words, "schema": {"type": "string"}}
                for name, words in headers.items()
            }
    return {str(status): responses[status] for status in sorted(responses, key=int)}


def parameter_of(schema):
    """A parameter is sent or not; there is no null in an address."""
    kinds = [one for one in schema.get("anyOf", []) if one != {"type": "null"}]
    if len(kinds) != 1:
        return schema
    return {name: value for name, value in schema.items() if name != "anyOf"} | kinds[0]


def spoken(part):
    """A copy with its sentences in the reader's language; the titles that are made of names are left out."""
    if isinstance(part, list):
        return [spoken(one) for one in part]
    if not isinstance(part, dict):
        return part
    kept = {name: value for name, value in part.items() if not is_title(name, value)}
    return {
        name: gettext(" ".join(value.split())) if is_sentence(name, value) else spoken(value)
        for name, value in kept.items()
    }


def is_title(name, value):
    return name == "title" and isinstance(value, str) and value != TITLE


def is_sentence(name, value):
    return name in {"summary", "description"} and isinstance(value, str) and value.strip()


@require_safe
def openapi(request, *, api):
    """The document for programs."""
    return JsonResponse(schema_of(api), json_dumps_params={"ensure_ascii": False})


# --- the page for people --------------------------------------------------------------------------


@require_safe
def docs(request, *, api):
    """The same document as a page, without a script."""
    schema = schema_of(api)
    names = schema["components"]["schemas"]
    groups = {}
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            tag = operation["tags"][0]
            groups.setdefault(tag, []).append(told(path, method, operation, names))
    page = {
        "groups": [(gettext(TITLES[tag]), operations) for tag, operations in groups.items()],
        "description": plain(gettext(DESCRIPTION)),
        "meanings": [(status, plain(gettext(words))) for status, words in MEANINGS.items()],
    }
    return render(request, "api/docs.html", page)


def plain(words):
    """A sentence without the marks that stand around code in the document."""
    return words.replace("`", "")


def told(path, method, operation, names):
    """An operation as the page shows it."""
    return {
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": plain(operation.get("description", "")),
        "public": "security" not in operation,
        "parameters": [parameter_told(one, names) for one in operation.get("parameters", [])],
        "bodies": bodies_of(operation, names),
        "answers": ", ".join(operation["responses"]),
    }


def parameter_told(one, names):
    return {
        "name": one["name"],
        "place": one["in"],
        "needed": one.get("required", False),
        "type": type_of(one["schema"], names),
        "words": plain(one.get("description") or one["schema"].get("description", "")),
    }


def bodies_of(operation, names):
    """The shapes of what is sent. Of several that a field tells apart, the later ones show what differs."""
    found = []
    for kind, body in operation.get("requestBody", {}).get("content", {}).items():
        shapes = [fields_of(one, names) for one in body["schema"].get("oneOf", [body["schema"]])]
        found.append({"caption": kind, "fields": shapes[0]})
        for fields in shapes[1:]:
            other = [one for one in fields if one not in shapes[0]]
            found.append({"caption": gettext("or instead"), "fields": other})
    return found


def fields_of(schema, names):
    schema = resolved(schema, names)
    needed = set(schema.get("required", []))
    return [
        {
            "name": name,
            "needed": name in needed,
            "type": type_of(one, names),
            "words": plain(one.get("description", "")),
        }
        for name, one in schema.get("properties", {}).items()
    ]


def resolved(schema, names):
    schema = schema.get("allOf", [schema])[0]
    return names[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def type_of(schema, names):
    """A short name of what a field takes."""
    schema = resolved(schema, names)
    if "anyOf" in schema:
        return " | ".join(type_of(one, names) for one in schema["anyOf"] if one != {"type": "null"})
    if "const" in schema:
        return f'"{schema["const"]}"'
    if "enum" in schema:
        return " | ".join(f'"{one}"' for one in schema["enum"])
    if schema.get("type") == "array":
        return f"[{type_of(schema['items'], names)}]"
    if schema.get("properties"):
        return "{" + ", ".join(schema["properties"]) + "}"
    return schema.get("format") or schema.get("type", "")
