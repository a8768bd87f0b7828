"""Another model while messages are being parsed: `PUT /model` with Rasa's words, answered by us.

Rasa loads the model on the thread that parses, so that everybody waits a second; and it fetches models from any address
that it is given. Here the model is loaded beside the parsing, and only one that lies in the served folder.
"""

import asyncio
import logging
from pathlib import Path

from rasa.core.agent import Agent, load_agent
from rasa.core.utils import AvailableEndpoints
from rasa.server import requires_auth
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from nlu.box.guard import MODEL, refusal, text_in
from nlu.live import models_in

log = logging.getLogger("nlu.server")


def allow_swaps(app: Sanic, models: Path, token: str) -> None:
    """Lets whoever has the token put in a model of the folder, by its name or whole path."""

    @requires_auth(app, token)
    async def put(request: Request) -> HTTPResponse:
        return await _put(app, models, text_in(request.body, "model_file"))

    async def answer(request: Request) -> HTTPResponse | None:
        return await put(request) if (request.method, request.path) == ("PUT", MODEL) else None

    app.register_middleware(answer, "request")


async def _put(app: Sanic, models: Path, name: str | None) -> HTTPResponse:
    if name is None:
        return refusal(400, "expected a JSON object with a model_file")
    model = next((model for model in models_in(models) if name in (model.name, str(model))), None)
    if model is None:
        return refusal(403, "not a model of the served folder")
    agent = await asyncio.get_running_loop().run_in_executor(None, _loaded, model)
    if agent is None or not agent.is_ready():
        return refusal(422, "not a model of this box")
    agent.lock_store = app.ctx.agent.lock_store
    app.ctx.agent = agent
    log.info("serving model %s", model.name)
    return response.empty()


def _loaded(model: Path) -> Agent | None:
    try:
        return asyncio.run(load_agent(str(model), endpoints=AvailableEndpoints()))
    except Exception:  # a broken file raises whatever its content provokes; the served model stays
        log.exception("model %s cannot be loaded", model.name)
        return None
