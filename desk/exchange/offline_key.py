"""The county's offline recovery key: every package is sealed to it too; its private half is in no database.

The file is an age file under a passphrase, and what it holds is an age identity, so that `age -d FILE > key` and
`age -d -i key` open a package's ciphertext without this program.
"""

import unicodedata

import pyrage

from desk.errors import PackageRefused
from desk.exchange.keys import SealingPair

SUFFIX = ".bmrecovery"
MAX_BYTES = 64 << 10
LEAST = 10
"""Signs of a passphrase."""


def seal(pair: SealingPair, passphrase: str) -> bytes:
    """The key file. A lost stick is no lost key."""
    return bytes(pyrage.passphrase.encrypt(pair.to_bytes() + b"\n", passphrase))


def opened(data: bytes, passphrase: str) -> SealingPair:
    """The key `seal` sealed.

    Raises:
        PackageRefused: DAMAGED: another passphrase, or no such file.
    """
    try:
        return SealingPair.from_bytes(pyrage.passphrase.decrypt(data, passphrase).strip())
    except (pyrage.DecryptError, ValueError) as error:
        raise PackageRefused("DAMAGED", why="passphrase") from error


def typed(text: str) -> SealingPair:
    """The key as it was printed; blanks and small letters do not matter.

    Raises:
        PackageRefused: DAMAGED: it is not such a key.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).upper().split())
    try:
        return SealingPair.from_bytes(plain.encode("ascii", "replace"))
    except ValueError as error:
        raise PackageRefused("DAMAGED", why="passphrase") from error
