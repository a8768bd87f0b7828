"""Codes from a telephone: made and checked by pyotp (RFC 6238), shown as a QR code by segno."""

import base64
import hashlib
import hmac
import io
import re
import secrets
from typing import Final

import pyotp
import segno

from road.account import Account, SecondFactor

STEP_S: Final = 30
"""RFC 6238, 5.2. What every authenticator app assumes."""

STEPS_AROUND: Final = (-1, 0, 1)
"""A telephone's clock may be half a minute off, and typing takes time (RFC 6238, 5.2, allows one step)."""

SPENT_S: Final = 4.0 * STEP_S
"""Longer than a code is taken: so long it is known as used."""

RECOVERY_CODES: Final = 10
_RECOVERY_BYTES: Final = 10  # 80 bits: a plain hash of it can't be guessed from
_ISSUER: Final = "Hotline"


def offered_secret(session: str, account: Account) -> str:
    """The secret that a session offers while its owner sets a telephone up: kept nowhere, the same on each page.

    Made from the session's secret and the password's hash, so that neither alone tells it.
    """
    digest = hmac.digest(session.encode(), f"second factor:{account.password_hash}".encode(), hashlib.sha256)
    return base64.b32encode(digest[:20]).decode()  # 160 bits: RFC 4226, 4


def in_groups(secret: str) -> str:
    """A secret as somebody types it who can't scan."""
    return " ".join(re.findall(".{1,4}", secret))


def qr_code(secret: str, name: str) -> bytes:
    """What the authenticator app scans, as an SVG file without styles."""
    uri = pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=name, issuer_name=_ISSUER)
    drawn = io.BytesIO()
    segno.make(uri, error="m", micro=False).save(drawn, kind="svg", xmldecl=False, scale=5, light="white")
    return drawn.getvalue()


def step_of(secret: str, code: str, now: float) -> int | None:
    """The time step that a code belongs to, of those that are taken now; None for a wrong code."""
    code, totp, step = re.sub(r"\s", "", code), pyotp.TOTP(secret, interval=STEP_S), int(now // STEP_S)
    fitting = [step + off for off in STEPS_AROUND if _equal(totp.generate_otp(step + off), code)]
    return fitting[0] if fitting else None


def recovery_codes() -> tuple[str, ...]:
    """Fresh codes to be written down: four groups of four letters and digits."""
    return tuple(_grouped(secrets.token_bytes(_RECOVERY_BYTES)) for _ in range(RECOVERY_CODES))


def with_factor(secret: str, codes: tuple[str, ...]) -> SecondFactor:
    """What is kept: of the recovery codes their hashes alone."""
    return SecondFactor(secret=secret, recovery=tuple(hash_of(code) for code in codes))


def hash_of(code: str) -> str:
    """The hash of a recovery code, however it is typed."""
    plain = re.sub(r"[^a-z2-7]", "", code.lower())
    return hashlib.sha256(plain.encode()).hexdigest()


def _grouped(random: bytes) -> str:
    return "-".join(re.findall(".{4}", base64.b32encode(random).decode().lower()))


def _equal(code: str, given: str) -> bool:
    """In the same time, whatever the first wrong digit."""
    return hmac.compare_digest(code.encode(), given.encode("utf-8", "surrogatepass"))
