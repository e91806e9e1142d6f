"""A form as a whole: which fields are asked, and what is wrong with what was typed."""

from collections.abc import Iterable, Mapping

from desk.domain.field_values import clean
from desk.domain.fields import FieldDef
from desk.errors import Problem


def visible(fields: Iterable[FieldDef], facts: Mapping[str, object]) -> tuple[FieldDef, ...]:
    """The fields asked for with these facts; one whose condition hangs on an unknown fact is not asked yet."""
    return tuple([field for field in fields if _is_asked(field, facts)])


def _is_asked(field: FieldDef, facts: Mapping[str, object]) -> bool:
    return field.when is None or bool(field.when.holds(facts))


def check_form(
    fields: Iterable[FieldDef], values: Mapping[str, object], facts: Mapping[str, object]
) -> tuple[dict[str, object], tuple[Problem, ...]]:
    """The cleaned values of the visible fields, and every problem in the order of the fields.

    Derived fields are not typed and left out; what was typed into a field that is no longer asked is dropped. Values
    count as facts for the fields after them.
    """
    known = dict(facts)
    cleaned: dict[str, object] = {}
    problems: list[Problem] = []
    for field in fields:
        if field.derive or not _is_asked(field, known):
            continue
        value, found = clean(field, values.get(field.key))
        cleaned[field.key] = known[field.key] = value
        problems.extend(found)
        if field.required and value is None:
            problems.append(Problem(field.key, "required", {"kind": field.kind}))
    return cleaned, tuple(problems)
