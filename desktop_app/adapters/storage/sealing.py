"""Wrapping the database key under a password: Argon2id makes the key, AES-256-GCM seals with it.

Every sealed blob names its algorithm and the crypto profile ``intl``, so that a ``gm`` profile
(SM4-GCM, SM3) can be read beside it later.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PROFILE = "intl"
ALGORITHM = "argon2id+aes-256-gcm"
_KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12


@dataclass(frozen=True)
class Cost:
    """What one guess costs (OWASP ASVS 11.4.2): memory in KiB, passes, lanes."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def bearable(self) -> bool:
        """Whether a key file may ask for it: a forged one must not fill the memory."""
        return (
            8 * self.lanes <= self.memory_kib <= 1024 * 1024
            and 1 <= self.passes <= 16
            and 1 <= self.lanes <= 16
        )


@dataclass(frozen=True)
class Sealed:
    """A secret under a password."""

    profile: str
    algorithm: str
    cost: Cost
    salt: bytes
    nonce: bytes
    box: bytes


def seal(secret: bytes, password: str, *, about: bytes, cost: Cost) -> Sealed:
    """The secret under the password; ``about`` must be named again to open it."""
    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    box = AESGCM(_stretch(password, salt, cost)).encrypt(nonce, secret, about)
    return Sealed(PROFILE, ALGORITHM, cost, salt, nonce, box)


def unseal(sealed: Sealed, password: str, *, about: bytes) -> bytes | None:
    """The secret, or None for a wrong password or anything changed."""
    try:
        key = _stretch(password, sealed.salt, sealed.cost)
        return AESGCM(key).decrypt(sealed.nonce, sealed.box, about)
    except InvalidTag:
        return None


def waste(password: str, cost: Cost) -> None:
    """Take as long as a real try, for a login that is not there."""
    _stretch(password, bytes(_SALT_BYTES), cost)


def _stretch(password: str, salt: bytes, cost: Cost) -> bytes:
    return hash_secret_raw(
        password.encode("utf-8"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.memory_kib,
        parallelism=cost.lanes,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )
