"""A second implementation, written from the format's text alone: nothing of `desk.exchange` or of an age library is used.

It knows RFC 8785 for what headers hold, Ed25519, age v1 with X25519 stanzas (age-encryption.org/v1), zstd and the sequence of
parts. What it reads, anybody else's program can read.
"""

import base64
import hashlib
import hmac
import io
import json
from dataclasses import dataclass
from typing import Any

import zstandard
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

AGE_CHUNK, TAG = 64 * 1024, 16
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@dataclass(frozen=True)
class Framed:
    """A package file taken apart."""

    header: bytes
    signature: bytes
    ciphertext: bytes

    def told(self) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(self.header)
        return body


def take_apart(data: bytes) -> Framed:
    """Magic | u32 header length | header | u16 signature length | signature | ciphertext."""
    assert data[:5] == b"BMQX\x01"
    length = int.from_bytes(data[5:9], "big")
    header, rest = data[9 : 9 + length], data[9 + length :]
    size = int.from_bytes(rest[:2], "big")
    return Framed(header, rest[2 : 2 + size], rest[2 + size :])


def canonical(value: Any) -> str:
    """RFC 8785 for what a header holds: objects, lists, texts, whole numbers, null."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{canonical(name)}:{canonical(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if value is None:
        return "null"
    assert isinstance(value, int)
    return str(value).lower()


def check_signature(framed: Framed, public: bytes) -> None:
    """Raises if header, ciphertext and signature are not one another's."""
    told = framed.told()
    assert canonical(told).encode() == framed.header
    assert len(framed.ciphertext) == told["ct_len"]
    assert hashlib.sha256(framed.ciphertext).hexdigest() == told["ct_sha256"]
    key = Ed25519PublicKey.from_public_bytes(public)
    key.verify(framed.signature, b"bmq-exchange/1\0" + framed.header)


def open_age(data: bytes, identity: str) -> bytes:
    """The plaintext of an age file, with an AGE-SECRET-KEY-1… identity."""
    private = X25519PrivateKey.from_private_bytes(_secret(identity))
    head, _, rest = data.partition(b"\n--- ")
    mac, _, body = rest.partition(b"\n")
    version, *lines = head.split(b"\n")
    assert version == b"age-encryption.org/v1"
    keys = (_file_key(one, private) for one in _stanzas(lines))
    file_key = next(key for key in keys if key)
    covered = head + b"\n---"
    made = hmac.new(_derive(file_key, b"", b"header"), covered, "sha256").digest()
    assert made == _unpadded(mac)
    return _payload(_derive(file_key, body[:16], b"payload"), body[16:])


def parts(plain: bytes) -> dict[str, bytes]:
    """The parts by name: each with the lengths of name and content before it; a zero length ends the sequence."""
    data, found = io.BytesIO(zstandard.ZstdDecompressor().stream_reader(plain).read()), {}
    while length := int.from_bytes(data.read(2), "big"):
        name = data.read(length).decode("ascii")
        found[name] = data.read(int.from_bytes(data.read(8), "big"))
    assert data.read() == b""
    return found


def check_chain(events: bytes) -> list[dict[str, Any]]:
    """The events, each hash and commitment computed anew and each tied to the one before."""
    told: list[dict[str, Any]] = [json.loads(line) for line in events.splitlines()]
    previous = told[0]["prev"]
    for event in told:
        assert event["prev"] == previous
        payload = canonical(event["payload"]).encode()
        commitment = hashlib.sha256(bytes.fromhex(event["salt"]) + payload).hexdigest()
        head = {
            "id": event["id"],
            "origin": event["origin"],
            "n": event["n"],
            "kind": event["op"],
            "v": event["v"],
            "entity": event["entity"],
            "entity_id": event["entity_id"],
            "actor": event["actor"],
            "seat": event["seat"],
            "at": event["at"],
            "mono": event["mono"],
            "trunk": event["trunk"],
            "base": event["base"],
            "commitment": commitment,
        }
        linked = bytes.fromhex(previous) + canonical(head).encode()
        previous = hashlib.sha256(linked).hexdigest()
        assert event["hash"] == previous
    return told


def _stanzas(lines: list[bytes]) -> list[tuple[list[bytes], bytes]]:
    found: list[tuple[list[bytes], bytes]] = []
    for line in lines:
        if line.startswith(b"-> "):
            found.append((line[3:].split(b" "), b""))
        else:
            words, body = found[-1]
            found[-1] = (words, body + line)
    return [(words, _unpadded(body)) for words, body in found]


def _file_key(stanza: tuple[list[bytes], bytes], private: X25519PrivateKey) -> bytes:
    """The file key, if this stanza is for this identity; b'' otherwise."""
    words, body = stanza
    if words[0] != b"X25519":
        return b""
    share = _unpadded(words[1])
    own = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    shared = private.exchange(X25519PublicKey.from_public_bytes(share))
    wrap = _derive(shared, share + own, b"age-encryption.org/v1/X25519")
    try:
        return ChaCha20Poly1305(wrap).decrypt(bytes(12), body, None)
    except Exception:
        return b""


def _payload(key: bytes, body: bytes) -> bytes:
    cipher, plain = ChaCha20Poly1305(key), b""
    size = AGE_CHUNK + TAG
    chunks = [body[at : at + size] for at in range(0, len(body), size)]
    for place, chunk in enumerate(chunks):
        last = place == len(chunks) - 1
        plain += cipher.decrypt(place.to_bytes(11, "big") + bytes([last]), chunk, None)
    return plain


def _derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt or None, info).derive(key)


def _unpadded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))


def _secret(identity: str) -> bytes:
    """The 32 bytes of a Bech32 identity; its checksum is not looked at."""
    digits = [BECH32.index(sign) for sign in identity.lower().rpartition("1")[2]][:-6]
    whole = 0
    for digit in digits:
        whole = whole << 5 | digit
    return (whole >> (5 * len(digits) - 256)).to_bytes(32, "big")
