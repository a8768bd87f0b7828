"""What a file is taken for, whatever it calls itself."""

import io
import zipfile

import pytest

from road.media import ALLOWED, DOWNLOADS, SHOWN, clean_name, media_type_of, saved_name

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(300)
OGG = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead" + bytes(300)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def zip_bomb() -> bytes:
    """A few kilobytes that would be megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(10_000_000))
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(300), "image/jpeg"),
        (b"GIF89a" + bytes(300), "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(300), "image/webp"),
        (OGG, "audio/ogg"),
        (b"ID3\x04" + bytes(300), "audio/mpeg"),
        (b"\x00\x00\x00\x18ftypM4A \x00\x00\x00\x00isommp42" + bytes(300), "audio/mp4"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42" + bytes(300), "video/mp4"),
        (b"%PDF-1.7\n" + bytes(300), "application/pdf"),
        (zip_bomb(), "application/zip"),
    ],
)
def test_the_content_says_what_a_file_is(content: bytes, media_type: str) -> None:
    assert media_type_of(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        SVG,
        b"<?xml version='1.0'?>" + SVG,
        b"<!doctype html><script>alert(1)</script>",
        b"MZ" + bytes(300),
        b"\x7fELF" + bytes(300),
        b"#!/bin/sh\nrm -rf /\n",
        b"\x1f\x8b\x08" + bytes(300),
        b"plain words",
        b"",
    ],
)
def test_what_could_run_and_what_nobody_knows_is_refused(content: bytes) -> None:
    assert media_type_of(content) == ""


def test_nothing_that_runs_scripts_is_allowed() -> None:
    assert ALLOWED.keys() == SHOWN.keys() | DOWNLOADS.keys()
    assert len(SHOWN) > 5
    assert not [each for each in ALLOWED if "svg" in each or "html" in each or each.endswith("xml")]


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\letter.pdf", "letter.pdf"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("a\r\nSet-Cookie: x=1", "aSet-Cookie x=1"),
        ('"><script>.png', "script.png"),
        ("%2e%2e%2fpasswd", "2e2e2fpasswd"),
        ("паспорт  моє.pdf", "паспорт моє.pdf"),
        ("...", ""),
        ("x" * 500 + ".pdf", "x" * 56 + ".pdf"),
        ("a\u200b\u2066b\ud800.pdf", "ab\ufffd.pdf"),
    ],
)
def test_a_name_loses_folders_and_what_hides_or_turns_it(name: str, clean: str) -> None:
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    ("name", "media_type", "saved"),
    [
        ("letter.PDF", "application/pdf", "letter.PDF"),
        ("evil.html", "application/pdf", "evil.html.pdf"),
        ("", "image/png", "file.png"),
    ],
)
def test_a_file_is_saved_with_the_ending_of_what_it_is(name: str, media_type: str, saved: str) -> None:
    assert saved_name(name, media_type) == saved
