"""What a file is, told from its first bytes; its name only has to agree."""

from zhongchuang.files.problems import FileRefused

PDF, DOCX, XLSX, JPG, PNG = "pdf", "docx", "xlsx", "jpg", "png"
IMAGES = (JPG, PNG)
MEDIA_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    JPG: "image/jpeg",
    PNG: "image/png",
}
EXTENSIONS = {"pdf": PDF, "docx": DOCX, "xlsx": XLSX, "jpg": JPG, "jpeg": JPG, "png": PNG}

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIPPED = b"PK\x03\x04"
END_OF_ZIP = b"PK\x05\x06"
TAIL = 65_536 + 22
"""An archive is found by its end; this is how far from the end of the file that may stand."""

PACKAGE = "package"
BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\xff\xd8\xff", JPG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (ZIPPED, PACKAGE),
)


def sniffed(data):
    """The kind by the first bytes; `package` for Word and Excel alike."""
    if not data:
        raise FileRefused("empty")
    if data.startswith(COMPOUND):
        # A protected .docx or .xlsx is such a file too; the name of its stream says so.
        sealed = "EncryptedPackage".encode("utf-16-le") in data
        raise FileRefused("encrypted" if sealed else "old_office")
    for beginning, kind in BEGINNINGS:
        if data.startswith(beginning):
            return kind
    raise FileRefused("kind")


def require_one_kind(data, kind):
    """No archive hides in the file: one could be opened as something else by another program."""
    if END_OF_ZIP in data[-TAIL:] or ZIPPED in data[-TAIL:]:
        raise FileRefused("two_kinds", kind=kind.upper())


def require_name(name, kind):
    """The ending of the name, if there is one, is that of the kind."""
    stem, dot, extension = name.rpartition(".")
    extension = extension.lower()
    if stem and dot and EXTENSIONS.get(extension) != kind:
        raise FileRefused("other_extension", extension=extension[:10], kind=kind.upper())
