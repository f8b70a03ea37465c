"""Forms: one per kind of record. Nothing is filled in that the person did not say."""

from legcare.ui.forms.checkin import checkin_form
from legcare.ui.forms.records import keep_edit, record_form

__all__ = ["checkin_form", "keep_edit", "record_form"]
