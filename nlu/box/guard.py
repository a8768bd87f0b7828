"""What comes into Rasa's server and what leaves it: prepared text in, no text out."""

import json
from typing import Any

from sanic import response
from sanic.request import Request
from sanic.response import HTTPResponse

from nlu.message import prepare

PARSE = "/model/parse"
MODEL = "/model"

OPEN = frozenset({("GET", "/"), ("GET", "/status"), ("GET", "/version"), ("POST", PARSE), ("PUT", MODEL)})
"""All that the application uses; Rasa's conversations, webhooks and training over HTTP stay shut."""


async def admit(request: Request) -> HTTPResponse | None:
    """Sanic middleware: refuses what is not for us, and prepares the text before Rasa sees it."""
    if (request.method, request.path) not in OPEN:
        return refusal(404, "not found")
    if request.path != PARSE:
        return None
    text = text_in(request.body, "text")
    if text is None:
        return refusal(400, "expected a JSON object with a text")
    request.parsed_json = {"text": prepare(text)}
    return None


async def conceal(_: Request, answer: HTTPResponse) -> HTTPResponse | None:
    """Sanic middleware: an error is answered without its sentence, which may quote the text."""
    if answer.status < 400 or answer.headers.get("X-Concealed"):
        return None
    return refusal(answer.status, "failed")


def text_in(body: bytes, field: str) -> str | None:
    """A field of a JSON object, if there is such a text."""
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        return None
    text = data.get(field) if isinstance(data, dict) else None
    return text if isinstance(text, str) else None


def refusal(status: int, reason: str) -> HTTPResponse:
    """An answer that says no more than that."""
    return response.json({"status": "failure", "reason": reason}, status=status, headers={"X-Concealed": "1"})
