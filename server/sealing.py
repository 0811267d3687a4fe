"""Sealing: AES-256-GCM envelopes, one key per client, wrapped by the practice's master key. Pure: no storage here.

An envelope is `[alg, kid, iv, ct]` (MessagePack). Its authenticated data binds alg and kid, and what the caller
binds: the client, the id it was sealed for, kind, schema, audience and op id. Moved to another row, it does not open.
"""

import os
from hashlib import blake2b, sha256
from typing import Final

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALG: Final = "A256GCM"
KEY_BYTES: Final = 32
IV_BYTES: Final = 12


class Unreadable(Exception):
    """A sealed value does not open: another key, another place, or damaged bytes."""


class Envelope(msgspec.Struct, array_like=True, frozen=True, gc=False):
    alg: str
    kid: str
    iv: bytes
    ct: bytes


_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Envelope).decode


def bind(*parts: str | int | None) -> bytes:
    """Authenticated data from parts, unambiguous whatever the parts hold."""
    return _encode(parts)


class SealingKey:
    """A 256-bit key that seals and opens, and computes keyed digests with a key derived from it.

    Random 96-bit nonces: safe for far fewer than 2^32 values a key, which one client never reaches.
    """

    def __init__(self, kid: str, secret: bytes) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a sealing key has 32 bytes")
        self.kid = kid
        self._aead = AESGCM(secret)
        self._mac = blake2b(key=_derived(secret, b"midweek mac"), digest_size=32)
        self._bound = bind(ALG, kid)

    def seal(self, aad: bytes, plain: bytes) -> bytes:
        """The envelope as bytes; its nonce is new each time."""
        iv = os.urandom(IV_BYTES)
        return _encode(Envelope(ALG, self.kid, iv, self._aead.encrypt(iv, plain, self._bound + aad)))

    def open(self, aad: bytes, sealed: bytes) -> bytes:
        """The plain bytes; `Unreadable` when the key, the place or the bytes are others."""
        try:
            envelope = _decode(sealed)
            if envelope.alg != ALG or envelope.kid != self.kid:
                raise Unreadable("sealed with another key")
            return self._aead.decrypt(envelope.iv, envelope.ct, self._bound + aad)
        except (msgspec.DecodeError, InvalidTag, ValueError) as problem:
            raise Unreadable("the sealed value does not open") from problem

    def mac(self, data: bytes) -> bytes:
        """A 32-byte keyed digest (BLAKE2b, RFC 7693): equal contents can be recognised without a plain hash of them."""
        digest = self._mac.copy()
        digest.update(data)
        return digest.digest()


def master_key(secret: bytes) -> SealingKey:
    """The key that wraps all others, from the 32 bytes of the master key file."""
    return SealingKey("master-" + sha256(b"midweek master" + secret).hexdigest()[:8], secret)


def _derived(secret: bytes, label: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=label).derive(secret)
