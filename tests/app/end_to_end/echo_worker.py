"""The product's worker with a decision that says what it heard: the road without understanding and content."""

import asyncio
import os
import secrets
import socket

from actions.scene import Scene
from content.content import Content
from content.live import LiveContent
from hotline.processes.life import live
from hotline.storing import ready_store
from road.clock import system_clock
from road.outcome import Erasure, Outcome
from road.reply import Button, ConfirmTap, DropButtons, Say
from road.session import Session
from road.settings import Settings
from road.turn import Turn, TurnKind
from road.understanding import Hints, Understanding
from worker.road import Road
from worker.shift import Shift


def echo(turn: Turn, scene: Scene, content: Content) -> Outcome:
    session = Session(address=turn.address, at=turn.at)
    erasure = Erasure.HIDE if turn.text == "/hide" else Erasure.NONE
    return Outcome(session=session, replies=_replies(turn), erasure=erasure)


def _replies(turn: Turn) -> tuple:
    button = Button(text="Again", data=f"again:{turn.text or turn.button}"[:60])
    said = Say(html=f"{turn.kind}: {_escaped(turn.text or turn.button)}", buttons=((button,),))
    if turn.kind is TurnKind.BUTTON:
        return ConfirmTap(callback_id=turn.callback_id, text="ok"), DropButtons(message_id=turn.message_id), said
    return () if turn.kind is TurnKind.LEFT else (said,)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


async def understand(text: str, hints: Hints) -> Understanding:
    return Understanding()


async def main(settings: Settings, stop: asyncio.Event) -> None:
    name = f"worker:{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"
    async with ready_store(settings, stop) as store:
        road = Road(
            store=store,
            understand=understand,
            route=echo,
            apologise=echo,
            content=LiveContent(settings.data_dir).now,
            clock=system_clock,
            fresh_id=lambda: "ECHO",
        )
        await Shift(store, road.travel, name=name).run(stop)


if __name__ == "__main__":
    live("worker", main)
