"""A Bot API server of our own for the tests: real HTTP both ways, and what a person sees in their chat.

`server.BotApi` runs it inside a test, `python -m tests.app.botapi.server` as a process. It keeps what the PyPI
emulator does not (texts, buttons, dates, places, deletions), refuses what Telegram refuses, and fails on demand. Two
judges watch it: aiogram's types, and `lo-bot-api-emulator` where both do the same (`test_judges.py`).
It imports nothing of the product.
"""
