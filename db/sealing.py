"""Values that neither a server's disk nor those who look after it may read: sealed by the program under the office's data key."""

import os

NONCE_BYTES = 12
BOUND = b"bianmin row 1"
PURPOSE = b"bianmin row seal 1"


class SealBroken(Exception):
    """A sealed value does not open: it was changed, or another office's key sealed it."""


def derived(data_key: bytes, purpose: bytes) -> bytes:
    """A key of its own for a purpose: 32 bytes by HKDF (RFC 5869) from the office's data key."""
    # Imported here: an office in its own file never needs it before its first page.
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(data_key)


class Seal:
    """Seals and opens values under a key derived from the office's data key.

    AES-256-GCM-SIV (RFC 8452): a province seals more values in ten years than plain GCM takes under one key with random
    nonces; here a nonce met twice would show no more than that two values are the same.
    """

    def __init__(self, data_key: bytes, purpose: bytes = PURPOSE) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

        self._cipher = AESGCMSIV(derived(data_key, purpose))

    def seal(self, value: bytes) -> bytes:
        """Nonce and ciphertext; 28 bytes longer than the value."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, value, BOUND)

    def open(self, sealed: bytes) -> bytes:
        """The value.

        Raises:
            SealBroken: it was changed, or sealed under another key.
        """
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], BOUND)
        except (InvalidTag, ValueError) as error:
            raise SealBroken from error
