"""How every form is drawn: label, hint, error and control, the summary of errors first."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    form_template_name = "page/fields.html"
    field_template_name = "page/field.html"
