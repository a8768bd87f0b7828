"""Telegram's front door: updates become `Turn`s and are stored; replies leave the outbox for the person's chat.

In: `polling` or `webhook` hands each update to `intake`, which is pure, and the store has it before Telegram is told.
Out: `courier` takes deliveries from the store, `delivery` says what calls a reply is on Telegram, `pace` when the next
may go, `sending` makes it. `request` is the HTTP under both, `tenure` the lease that lets one process at a
time poll, and one deliver.

Only this room imports python-telegram-bot. May import: store, road, and of actions the words on buttons; deeds are
decided there, not here.
"""

import logging
import os

# The library logs every call with its texts at debug level, and warns of durations given as numbers until it is told
# that we know.
logging.getLogger("telegram").setLevel(logging.WARNING)
os.environ.setdefault("PTB_TIMEDELTA", "true")
