"""Codes from a telephone: which are taken, and what is shown and kept."""

import re

import pyotp
import pytest

from road.account import Account, Role
from web import second_factor
from web.browser_kind import browser_kind

NOW = 1_795_310_010.0
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ANNA = Account(name="anna", role=Role.OPERATOR, password_hash="$a")


@pytest.mark.parametrize(("off_s", "taken"), [(0, True), (-30, True), (30, True), (-60, False), (60, False)])
def test_a_code_is_taken_half_a_minute_early_or_late_and_no_more(off_s: int, taken: bool) -> None:
    code = pyotp.TOTP(SECRET).at(int(NOW + off_s))
    step = second_factor.step_of(SECRET, code, NOW)
    assert step == (int((NOW + off_s) // 30) if taken else None)


@pytest.mark.parametrize("code", ["", "12345", "1234567", "١٢٣٤٥٦", "\udcff", "abcdef", "0x1234"])
def test_what_is_no_code_is_never_taken(code: str) -> None:
    assert second_factor.step_of(SECRET, code, NOW) is None


def test_a_code_may_be_typed_with_the_space_that_apps_show() -> None:
    code = pyotp.TOTP(SECRET).at(int(NOW))
    assert second_factor.step_of(SECRET, f" {code[:3]} {code[3:]} ", NOW) is not None


def test_ten_different_recovery_codes_are_kept_as_hashes_alone() -> None:
    codes = second_factor.recovery_codes()
    factor = second_factor.with_factor(SECRET, codes)
    assert len(set(codes)) == len(set(factor.recovery)) == 10
    assert all(re.fullmatch(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}", code) for code in codes)
    assert not any(code in hashed or code.replace("-", "") in hashed for code in codes for hashed in factor.recovery)
    assert second_factor.hash_of(codes[0].upper().replace("-", " ")) == factor.recovery[0]


def test_the_offered_secret_stays_within_a_session_and_is_another_in_the_next() -> None:
    offered = second_factor.offered_secret("one", ANNA)
    assert offered == second_factor.offered_secret("one", ANNA)
    assert len(offered) == 32
    assert offered != second_factor.offered_secret("two", ANNA)


def test_the_picture_is_an_svg_without_styles_or_scripts() -> None:
    drawn = second_factor.qr_code(SECRET, "<anna>").decode()
    assert drawn.startswith("<svg")
    assert not re.search(r"style|<script|anna|href", drawn)


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Android 14; Mobile; rv:133.0) Gecko/133.0 Firefox/133.0", "Firefox, Android"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge, Windows"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/17.6 Safari/605.1", "Safari, macOS"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) CriOS/131 Safari/604", "Chrome, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", "Chrome, Linux"),
        ("<script>alert(1)</script>", ""),
        ("", ""),
    ],
)
def test_a_browser_is_told_in_words_of_ours(user_agent: str, words: str) -> None:
    assert browser_kind(user_agent) == words
