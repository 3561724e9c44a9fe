"""Files that a browser keeps."""

from urllib.parse import quote

from django.http import HttpResponse

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "toml": "application/toml",
}


def attachment(content: bytes, name: str, form: str) -> HttpResponse:
    """A file to keep; its name is the subject's, without what a file name cannot hold."""
    label = (
        "".join(sign if sign.isalnum() or sign in " -_()" else "-" for sign in name).strip()[:80]
        or "answer"
    )
    response = HttpResponse(content, content_type=TYPES[form])
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"answer.{form}\"; filename*=UTF-8''{quote(f'{label}.{form}')}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
