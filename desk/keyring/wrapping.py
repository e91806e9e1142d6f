"""One secret locks the data key: derive a key from it, seal with AES-256-GCM.

`cryptography` is imported where it is used: the sign-in page only asks for names, and is the first paint.
"""

import unicodedata

from desk.keyring.params import Argon2Params

KEY_BYTES, SALT_BYTES, NONCE_BYTES, CHECK_BYTES = 32, 16, 12, 16


class WrongSecret(Exception):
    """The secret does not open this slot, or the slot was changed."""


def plain_password(password: str) -> str:
    """The password as it counts: full-width letters typed under an input method are the half-width ones (NFKC)."""
    return unicodedata.normalize("NFKC", password)


def password_key(password: str, salt: bytes, params: Argon2Params) -> bytes:
    """32 bytes from a password by Argon2id (RFC 9106)."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    kdf = Argon2id(
        salt=salt,
        length=KEY_BYTES,
        iterations=params.iterations,
        lanes=params.lanes,
        memory_cost=params.memory_kib,
    )
    return kdf.derive(plain_password(password).encode("utf-8", "surrogatepass"))


def recovery_wrap_key(secret: bytes, salt: bytes) -> bytes:
    """32 bytes from the 160 random bits of the printed key; those need no slow function."""
    return _hkdf(secret, salt, b"bianmin recovery slot 1")


def key_check(data_key: bytes) -> bytes:
    """16 bytes that show whether a data key is the one of this key file, and nothing else about it."""
    return _hkdf(data_key, None, b"bianmin data key check 1", CHECK_BYTES)


def wrap(data_key: bytes, wrap_key: bytes, nonce: bytes, bound: bytes) -> bytes:
    """The data key sealed; `bound` must be the same when opening."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(wrap_key).encrypt(nonce, data_key, bound)


def unwrap(wrapped: bytes, wrap_key: bytes, nonce: bytes, bound: bytes) -> bytes:
    """The data key.

    Raises:
        WrongSecret: key, nonce or `bound` are not those it was sealed with.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(wrap_key).decrypt(nonce, wrapped, bound)
    except InvalidTag as error:
        raise WrongSecret from error


def _hkdf(secret: bytes, salt: bytes | None, purpose: bytes, length: int = KEY_BYTES) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=purpose).derive(secret)
