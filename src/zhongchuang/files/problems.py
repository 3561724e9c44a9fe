"""Why a file is refused: a code, and a sentence that says what to do about it."""

from zhongchuang.policy.errors import Refused, _

REASONS = {
    "empty": _("The file is empty. Choose it again; perhaps it was still being saved."),
    "too_large": _("The file has %(size)s MB; a file may have %(allowed)s MB. Save it smaller or split it."),
    "kind": _("This kind of file is not taken. Files may be PDF, Word (.docx), Excel (.xlsx), JPG or PNG."),
    "old_office": _("This is an old Word or Excel file. Open it, save it as .docx or .xlsx, and upload that."),
    "other_extension": _("The name ends in .%(extension)s, but the file is a %(kind)s. Give it its right name, or save it again from its program."),
    "encrypted": _("The file is protected by a password. Remove the protection, and upload it again."),
    "damaged": _("The file is damaged and cannot be read. Open it in its program, save it again, and upload that."),
    "macros": _("The file contains macros or scripts. Save it without them (Word and Excel: as .docx or .xlsx; PDF: print it to PDF)."),
    "embedded": _("The file contains an embedded object or another file. Take it out or paste it as a picture, and upload the other file by itself."),
    "external": _("The file loads something from elsewhere (%(target)s). Break the link so that the content is in the file itself."),
    "dde": _("The file contains a field that starts another program (DDE). Remove the field."),
    "two_kinds": _("The file is two kinds at once: a %(kind)s with an archive hidden in it. Save it again from its program."),
    "entries": _("The file consists of %(found)s parts; %(allowed)s are allowed. Split it into several files."),
    "unpacked": _("The file unpacks to more than %(allowed)s MB. Split it into several files, or make its pictures smaller."),
    "ratio": _("A part of the file is packed more than %(allowed)s times, as files are that are made to harm. Save it again from its program."),
    "paths": _("The file contains parts with names that lead out of it. Save it again from its program."),
    "xml": _("The file contains definitions that Word and Excel do not write. Save it again from its program."),
    "pixels": _("The picture has %(found)s megapixels; %(allowed)s are allowed. Save it smaller."),
    "pages": _("The document has %(found)s pages; %(allowed)s are allowed. Split it into several files."),
    "too_slow": _("Checking the file takes longer than %(seconds)s seconds. Split it, or print it to PDF and upload that."),
    "too_heavy": _("Checking the file needs more memory than it may. Split it, or print it to PDF and upload that."),
}  # fmt: skip


class FileRefused(Refused):
    """A file that may not be kept."""

    def __init__(self, code, **params):
        super().__init__(REASONS[code], **params)
        self.code = code
