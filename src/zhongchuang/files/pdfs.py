"""PDF files: how many pages, and nothing in them that runs."""

import io
import logging

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from zhongchuang.files.limits import PAGES
from zhongchuang.files.problems import FileRefused

RUNNING = {"/JavaScript", "/Launch", "/ImportData", "/Rendition", "/RichMediaExecute", "/GoToE"}
RUNNING_KEYS = {"/JavaScript", "/JS"}
DEPTH = 4


def inspect(data):
    """The number of pages of a PDF that may be kept."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise FileRefused("encrypted")
        pages = len(reader.pages)
        if pages == 0:
            raise FileRefused("damaged")
        if pages > PAGES:
            raise FileRefused("pages", found=pages, allowed=PAGES)
        look_through(reader)
    except (
        PyPdfError,
        RecursionError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        AssertionError,
        NotImplementedError,
    ) as fault:
        if isinstance(fault, FileRefused):
            raise
        raise FileRefused("damaged") from fault
    return pages


def look_through(reader):
    """Actions of the document, of its pages, and of what stands on them."""
    catalog = reader.trailer["/Root"].get_object()
    require_still(catalog.get("/OpenAction"))
    require_still(catalog.get("/AA"))
    names = resolved(catalog.get("/Names")) or {}
    if "/JavaScript" in names:
        raise FileRefused("macros")
    form = resolved(catalog.get("/AcroForm")) or {}
    if "/XFA" in form:
        raise FileRefused("macros")
    for page in reader.pages:
        require_still(page.get("/AA"))
        for note in resolved(page.get("/Annots")) or ():
            look_at(resolved(note))


def look_at(note):
    if not isinstance(note, DictionaryObject):
        return
    if note.get("/Subtype") in {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}:
        raise FileRefused("macros")
    if note.get("/Subtype") == "/FileAttachment":
        raise FileRefused("embedded")
    require_still(note.get("/A"))
    require_still(note.get("/AA"))


def require_still(thing, depth=DEPTH):
    """No action in `thing` runs a program or a script; actions follow one another by /Next."""
    thing = resolved(thing)
    if depth == 0 or thing is None:
        return
    if isinstance(thing, ArrayObject):
        for one in thing:
            require_still(one, depth - 1)
    elif isinstance(thing, DictionaryObject):
        if thing.get("/S") in RUNNING or RUNNING_KEYS & set(thing):
            raise FileRefused("macros")
        for key, one in thing.items():
            if not isinstance(resolved(one), NameObject) and key not in {
                "/D",
                "/P",
                "/Parent",
                "/Dest",
            }:
                require_still(one, depth - 1)


def resolved(thing):
    return thing.get_object() if isinstance(thing, IndirectObject) else thing
