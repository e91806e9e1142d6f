"""Numbers in the capital numerals that letters and receipts are written with, so that no stroke can be added."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
MOST_DAYS = 999


def capital_parts(month: str) -> tuple[str, str]:
    """Year and month of 'YYYY-MM' without the words between: (贰零贰陆, 壹拾壹). Raises ValueError."""
    year, _, number = month.partition("-")
    plain = year.isascii() and year.isdigit() and number.isascii() and number.isdigit()
    if not (plain and len(year) == 4 and len(number) == 2 and 1 <= int(number) <= 12):
        raise ValueError(f"not a month: {month!r}")
    return "".join(DIGITS[int(digit)] for digit in year), capital_days(int(number))


def capital_days(days: int) -> str:
    """A count from 1 to 999 with its tens and hundreds, the leading one written: 10 -> 壹拾, 30 -> 叁拾. Raises ValueError."""
    if not 1 <= days <= MOST_DAYS:
        raise ValueError(f"not a count of days: {days}")
    hundreds, rest = divmod(days, 100)
    tens, ones = divmod(rest, 10)
    words = f"{DIGITS[hundreds]}佰" if hundreds else ""
    if tens:
        words += f"{DIGITS[tens]}拾"
    elif hundreds and ones:
        words += DIGITS[0]
    return words + (DIGITS[ones] if ones else "")
