"""Words of the log in the reader's language. The chain keeps the codes; a code without a word is shown as it is."""

from django.utils.translation import pgettext_lazy

VERBS = {
    "account_closed": pgettext_lazy("audit verb", "account closed"),
    "account_connected": pgettext_lazy("audit verb", "external account connected"),
    "account_disconnected": pgettext_lazy("audit verb", "external account disconnected"),
    "account_opened": pgettext_lazy("audit verb", "account opened"),
    "archived": pgettext_lazy("audit verb", "log archived"),
    "email_changed": pgettext_lazy("audit verb", "e-mail address changed"),
    "email_confirmed": pgettext_lazy("audit verb", "e-mail address confirmed"),
    "exported": pgettext_lazy("audit verb", "log exported"),
    "found_damaged": pgettext_lazy("audit verb", "file found damaged"),
    "founder_registered": pgettext_lazy("audit verb", "founder registered"),
    "handed_in": pgettext_lazy("audit verb", "file handed in"),
    "invitation_accepted": pgettext_lazy("audit verb", "invitation accepted"),
    "invitation_withdrawn": pgettext_lazy("audit verb", "invitation withdrawn"),
    "invited": pgettext_lazy("audit verb", "invited"),
    "operator_confirmed": pgettext_lazy("audit verb", "operator confirmed"),
    "operator_refused": pgettext_lazy("audit verb", "operator sent back"),
    "operator_registered": pgettext_lazy("audit verb", "operator registered"),
    "organisation_established": pgettext_lazy("audit verb", "organisation established"),
    "password_changed": pgettext_lazy("audit verb", "password changed"),
    "password_reset": pgettext_lazy("audit verb", "password replaced"),
    "password_set": pgettext_lazy("audit verb", "password set"),
    "post_ended": pgettext_lazy("audit verb", "post ended"),
    "post_taken": pgettext_lazy("audit verb", "acting post changed"),
    "powers_delegated": pgettext_lazy("audit verb", "powers delegated"),
    "profile_changed": pgettext_lazy("audit verb", "profile changed"),
    "recovery_code_used": pgettext_lazy("audit verb", "recovery code used"),
    "recovery_codes_made": pgettext_lazy("audit verb", "recovery codes made"),
    "regions_loaded": pgettext_lazy("audit verb", "regions loaded"),
    "registration_corrected": pgettext_lazy("audit verb", "registration corrected"),
    "scanned": pgettext_lazy("audit verb", "file scanned"),
    "session_ended": pgettext_lazy("audit verb", "session ended"),
    "sign_in_failed": pgettext_lazy("audit verb", "sign-in failed"),
    "sign_in_held": pgettext_lazy("audit verb", "sign-in held back"),
    "signed_in": pgettext_lazy("audit verb", "signed in"),
    "signed_out": pgettext_lazy("audit verb", "signed out"),
    "taken": pgettext_lazy("audit verb", "document number taken"),
    "token_made": pgettext_lazy("audit verb", "API token made"),
    "token_revoked": pgettext_lazy("audit verb", "API token revoked"),
    "totp_activated": pgettext_lazy("audit verb", "second factor set up"),
    "totp_deactivated": pgettext_lazy("audit verb", "second factor removed"),
    "unused_account_closed": pgettext_lazy("audit verb", "unused account closed"),
    "verified": pgettext_lazy("audit verb", "chain verified"),
    "voided": pgettext_lazy("audit verb", "document number made void"),
    "withdrawn": pgettext_lazy("audit verb", "file taken back"),
}


def word_for(verb):
    return VERBS.get(verb) or verb.replace("_", " ")
