"""Which editor a field gets."""

from PySide6.QtWidgets import QWidget

from desk.domain.fields import FieldDef
from ui.widgets.choice_editors import (
    BoolEditor,
    ChoiceEditor,
    Initials,
    MultiEditor,
    no_initials,
)
from ui.widgets.editor import FieldEditor
from ui.widgets.line_editors import DateEditor, LineEditor, NoteEditor, SecretEditor


def editor_for(
    field: FieldDef, parent: QWidget | None = None, initials: Initials = no_initials
) -> FieldEditor:
    """A new, empty editor for the field; `initials` lets long lists be searched by Latin letters."""
    match field.kind:
        case "choice":
            if field.multi:
                return MultiEditor(field, parent)
            return ChoiceEditor(field, parent, initials)
        case "bool":
            return BoolEditor(field, parent)
        case "note":
            return NoteEditor(field, parent)
        case "date":
            return DateEditor(field, parent)
        case "idnumber" | "account" | "phone":
            return SecretEditor(field, parent)
        case _:
            return LineEditor(field, parent)
