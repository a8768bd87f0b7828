"""Rasa's real server, at debug level, with a component that logs, warns and raises with every text."""

import json
import subprocess
import sys

import pytest
import requests
from box import Server, box_command, environment, run
from treacherous import TRIGGER

MARK = "маячок7391"

TEXTS = {
    "ordinary": f"{MARK} can i bring my dog",
    "slash": f"/{MARK}",
    "slash and intent": f'/pets{{"{MARK}": "{MARK}"}}',
    "slash and nonsense": f"/{MARK} {{[",
    "wide slash": f"／{MARK}",
    "json": json.dumps({"text": MARK}),
    "long": f"{MARK} " * 10_000,
    "invisible": f"\u202e{MARK}\u200b\x00\x1b[31m",
    "emoji": f"🙏🏽 {MARK}",
    "markup": f"<b>{MARK}</b> *{MARK}* %s %d {{0}}",
    "exception": f"{TRIGGER} {MARK}",
}

BODIES = {
    "surrogate": b'{"text": "\\ud800 MARK \\udfff"}',
    "cut off": b'{"text": "MARK',
    "no object": b'["MARK"]',
    "no text": b'{"message": "MARK"}',
    "number": b'{"text": 7, "MARK": 1}',
    "not utf-8": b'{"text": "MARK \xff\xfe"}',
    "deep": b"[" * 100_000 + b"MARK",
    "empty": b"",
    "null": b'{"text": null, "MARK": 1}',
}


def assert_unwritten(server: Server) -> None:
    written = server.written()
    assert b"rasa.engine" in written, "nothing was logged at debug level: the test would prove nothing"
    for encoding in ("utf-8", "utf-16-le"):
        assert MARK.encode(encoding) not in written
    assert json.dumps(MARK).strip('"').encode() not in written
    assert server.token.encode() not in written


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_is_written_anywhere(server: Server, name: str) -> None:
    answer = server.post(json={"text": TEXTS[name]})

    assert answer.ok == (name != "exception")
    assert MARK not in answer.text
    assert_unwritten(server)


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded", "nonsense"])
def test_no_body_is_written_anywhere(server: Server, name: str, kind: str) -> None:
    body = BODIES[name].replace(b"MARK", MARK.encode())
    answer = server.post(data=body, headers={"Content-Type": kind})

    assert answer.status_code == (200 if name == "surrogate" else 400)
    assert MARK not in answer.text
    assert_unwritten(server)


def test_a_body_of_megabytes_is_refused(server: Server) -> None:
    try:
        status = server.post(json={"text": MARK * 300_000}).status_code
    except requests.ConnectionError:  # it may hang up while we are still sending
        status = 413

    assert status in (400, 413)
    assert_unwritten(server)


def test_an_exception_leaves_its_way_in_the_log(server: Server) -> None:
    server.post(json={"text": TEXTS["exception"]})

    assert b"ValueError at " in server.written()
    assert b"treacherous.py" in server.written()


def test_a_parse_has_topics_languages_and_urgency(server: Server) -> None:
    found = server.parse("мій чоловік знову побив мене")

    assert set(found) == {"text", "intent", "entities", "intent_ranking", "locale_scores", "urgency"}
    assert found["text"] == ""
    assert found["intent"]["name"] == "domestic_violence_help"
    assert sum(candidate["confidence"] for candidate in found["intent_ranking"]) <= 1
    assert len(found["intent_ranking"]) == 4
    assert next(iter(found["locale_scores"])) == "uk"
    assert found["urgency"]["confidence"] > 0.5
    assert {topic["name"] for topic in found["urgency"]["topics"]} == {"medical_emergency", "domestic_violence_help"}


def test_a_slash_is_read_as_text(server: Server) -> None:
    as_command, as_text = server.parse("/greet"), server.parse("greet")

    assert as_command == as_text
    assert as_command["locale_scores"], "our components read it, not the parser of commands"


def test_nothing_is_answered_without_the_token(server: Server) -> None:
    assert requests.post(f"{server.url}/model/parse", json={"text": "hi"}, timeout=5).status_code == 401
    assert requests.get(f"{server.url}/status", params={"token": "wrong"}, timeout=5).status_code == 401


@pytest.mark.parametrize("path", ["/model/train", "/conversations/x/messages", "/webhooks/rest/webhook", "/domain"])
def test_what_the_hotline_does_not_use_is_shut(server: Server, path: str) -> None:
    assert server.post(path, json={"message": MARK, "text": MARK}).status_code == 404
    assert_unwritten(server)


def test_a_server_without_token_or_model_does_not_start(tmp_path_factory: pytest.TempPathFactory) -> None:
    finished = run("nlu.serve", "--model", str(tmp_path_factory.mktemp("none")), "--port", "1")
    assert finished.returncode == 2
    assert "no model" in finished.stderr

    model = tmp_path_factory.mktemp("some") / "model.tar.gz"
    model.touch()
    command = box_command("nlu.serve", "--model", str(model), "--port", "1")
    kept = {name: value for name, value in environment().items() if name != "HOTLINE_RASA_TOKEN"}
    without = subprocess.run(command, env=kept, capture_output=True, text=True, check=False)
    assert without.returncode == 2
    assert "HOTLINE_RASA_TOKEN" in without.stderr


def test_the_box_is_sealed() -> None:
    code = "import nlu, sys; assert not {'rasa', 'aiohttp', 'nlu.client'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], env=environment(), check=True)
