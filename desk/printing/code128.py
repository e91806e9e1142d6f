"""Code 128 (ISO/IEC 15417) as widths of bars and spaces: letters in subset B, digits in pairs in subset C."""

import re

START_B, START_C, TO_B, TO_C = 104, 105, 100, 99
STOP = "2331112"
# Widths of three bars and three spaces in turn, by value; 103 to 105 are the starts.
_TABLE = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232
"""
PATTERNS = re.findall("[0-9]{6}", _TABLE)
# Four digits or more are shorter in pairs than one by one; an odd one out stands before its pairs.
_PARTS = re.compile(r"((?:[0-9]{2}){2,})(?![0-9])|([ -~])")


def bars(text: str) -> tuple[int, ...]:
    """The widths of bars and spaces in turn, in modules, check symbol and stop mark included.

    Raises:
        ValueError: a character outside printable ASCII, or no text at all.
    """
    values = _values(text)
    check = (values[0] + sum(n * value for n, value in enumerate(values))) % 103
    return tuple(map(int, "".join(PATTERNS[value] for value in (*values, check)) + STOP))


def _values(text: str) -> list[int]:
    parts = list(_PARTS.finditer(text))
    if not parts or "".join(part[0] for part in parts) != text:
        raise ValueError("not in Code 128")
    values = [START_C if parts[0][1] else START_B]
    in_pairs = bool(parts[0][1])
    for pairs, char in (part.groups() for part in parts):
        if bool(pairs) != in_pairs:
            in_pairs = bool(pairs)
            values.append(TO_C if in_pairs else TO_B)
        if pairs:
            values += [int(pairs[at : at + 2]) for at in range(0, len(pairs), 2)]
        else:
            values.append(ord(char) - 32)
    return values
