"""How a sealed value is entered: shown masked, and kept where the mask is sent back unchanged."""

from django import forms

from zhongchuang.sealed.values import Sealed


class SealedFormField(forms.CharField):
    def prepare_value(self, value):
        return str(value) if isinstance(value, Sealed) else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), data)

    def _clean_bound_field(self, bf):
        """What stands there already, if its mask came back; anything else is a new text."""
        initial = bf.initial
        if isinstance(initial, Sealed) and str(bf.data or "").strip() == str(initial):
            return initial
        return super()._clean_bound_field(bf)
