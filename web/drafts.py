"""The key under which an account's browser keeps what was typed and not sent.

The browser keeps ciphertext for as long as its tab is open; the key comes with each page of a case and is never kept
there. After a logout, also one by time, nothing readable is left; whoever logs in again as the same account finds
their text. A new password makes a new key.
"""

import base64
import hashlib
import hmac

from road.account import Account


def drafts_key(account: Account) -> str:
    """256 bits in base64; made from what no browser knows."""
    secret = account.password_hash.encode()
    return base64.b64encode(hmac.digest(secret, f"drafts of {account.name}".encode(), hashlib.sha256)).decode()
