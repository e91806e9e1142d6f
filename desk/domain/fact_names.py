"""The names of facts that the rules may ask for besides an item's own fields and questions."""

from typing import Final

DERIVED: Final = frozenset(
    {
        "sex",
        "birth_date",
        "age",
        "age_female",
        "age_day",
        "days_to_age70",
        "minor",
        "child_age_month",
        "is_proxy",
        "proxy_relation",
        "tier",
        "monthly_amount",
        "disease_count",
        "income_pc",
        "house_area_pc",
        "reside_months",
        "away_months",
        "evidence_within_months",
        "valid_until",
        "first_month",
        "review_by",
        "groups",
        "usual_valid_days",
        "usual_issuer",
        "receipt_due",
        "reply_due",
        "letter_over",
        "next_contact",
        "person_ethnic",
        "hall_base_committee",
        "hall_base_address",
        "hall_base_postcode",
        "hall_base_phone",
        "hall_base_fax",
    }
)
"""Facts that `facts.facts_for` works out from the person, the form and the day."""

VARIABLES: Final = frozenset({"today", "year", "this_month", "next_month", "applicant", "this_org"})
"""Names that may follow `$` besides the county's parameters."""

LIFE_CYCLE: Final = frozenset(
    {
        "acceptor_here",
        "instant",
        "eligible",
        "ahead",
        "complete",
        "tolerable",
        "has_publicity",
        "publicity_counts",
        "silent",
        "lapses",
        "supplement_over",
        "silent_over",
        "paused",
        "due_over",
        "half_year_silent",
    }
)
"""Facts that whoever moves a case offers to the conditions of its actions."""
