"""What must be filled before the public is served."""

from dataclasses import replace

from content.content import Content
from hotline.ready import open_items
from road.settings import Settings


def test_a_fresh_hotline_names_pages_privacy_safeguarding_and_lines(content: Content) -> None:
    items = "\n".join(open_items(Settings(), content))
    for name in ("STAFF_CHATS_NOW", "STAFF_CHATS_FOCAL", "SAFEGUARDING_CONTACT", "PRIVACY_CONTACT"):
        assert f"HOTLINE_{name}" in items
    assert "okit" in items
    assert "iom_hotline" in items
    assert "team hotline has no hours yet" in items


def test_what_is_filled_is_no_longer_listed(content: Content) -> None:
    filled = replace(Settings(), staff_chats_now=(-100,), safeguarding_contact="Anna")
    items = "\n".join(open_items(filled, content))
    assert "STAFF_CHATS_NOW" not in items
    assert "SAFEGUARDING" not in items
    assert "STAFF_CHATS_DUTY" in items
