"""Rasa's HTTP server, with a guard before it."""

import logging
from functools import partial
from pathlib import Path

from rasa.core.run import close_resources, configure_app, load_agent_on_start
from rasa.core.utils import AvailableEndpoints
from sanic import Sanic

from nlu.box.guard import admit, conceal
from nlu.box.journal import keep_journal
from nlu.box.swap import allow_swaps

MAX_BODY_BYTES = 2_000_000
"""A hostile text is refused before it is read: 100,000 characters, escaped as JSON, are 1.2 MB at most."""

log = logging.getLogger("nlu.server")


def serve(model: Path, *, token: str, host: str, port: int, level: str) -> None:
    """As `rasa run --enable-api`, with one worker, no channel and no dialogue; returns when it is told to stop."""
    keep_journal(level)
    app = _app(model, token)
    keep_journal(level)  # again: Sanic has set up logging of its own
    app.run(host=host, port=port, workers=1, access_log=False, debug=False, motd=False)


def _app(model: Path, token: str) -> Sanic:
    endpoints = AvailableEndpoints()
    app = configure_app(input_channels=[], auth_token=token, enable_api=True, cors=[], endpoints=endpoints)
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.register_middleware(admit, "request")
    allow_swaps(app, model.parent, token)
    app.register_middleware(conceal, "response")
    app.register_listener(partial(load_agent_on_start, str(model), endpoints, None), "before_server_start")
    app.register_listener(_ready, "after_server_start")
    app.register_listener(close_resources, "after_server_stop")
    return app


async def _ready(app: Sanic, _: object) -> None:
    keep_journal(logging.getLevelName(logging.getLogger().level))
    log.info("ready with model %s", app.ctx.agent.processor.model_filename)
