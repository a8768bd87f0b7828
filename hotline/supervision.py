"""The processes of `make run`, kept alive by supervisord: what is started, how, and whether it is healthy."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import msgspec

from hotline.training import ROOT, box_python
from road.errors import SetupError
from road.settings import Settings

START_TIMEOUT_S = 90.0
STOP_TIMEOUT_S = 20.0
SOCKET = "supervisor.sock"


class Program(msgspec.Struct, frozen=True, kw_only=True):
    """A process under supervision; lower priority starts first and stops last."""

    name: str
    command: str
    priority: int
    environment: dict[str, str] = {}


def programs(settings: Settings, given: dict[str, str], model: str) -> list[Program]:
    """What has to run for these settings."""
    python = sys.executable
    listed = [
        Program(name=name, command=f"{python} -m hotline.processes.{name}", priority=30, environment=given)
        for name in rooms(settings)
    ]
    if not settings.redis_url:
        listed.append(
            Program(
                name="store",
                command=f"{python} -m hotline.processes.store",
                priority=10,
                environment=given,
            )
        )
    if not settings.rasa_url:
        port = given["HOTLINE_RASA_URL"].rpartition(":")[2]
        listed.append(
            Program(
                name="box",
                command=f"{box_python()} -m nlu.serve --model {model} --port {port}",
                priority=20,
                environment={
                    "HOTLINE_RASA_TOKEN": given["HOTLINE_RASA_TOKEN"],
                    "RASA_TELEMETRY_ENABLED": "false",
                },
            )
        )
    return sorted(listed, key=lambda program: program.priority)


def rooms(settings: Settings) -> tuple[str, ...]:
    """Our own processes: one module each in `hotline.processes`."""
    telegram = ("webhook" if settings.public_url else "polling",) if settings.telegram_token else ()
    return ("worker", "courier", "web", *telegram)


def environment(settings: Settings) -> dict[str, str]:
    """The settings again as an environment, for the processes."""
    given = {name: value for name, value in os.environ.items() if name.startswith("HOTLINE_")}
    return {
        **given,
        "HOTLINE_DATA_DIR": str(settings.data_dir),
        "HOTLINE_CONTENT_DIR": str(settings.content_dir),
        "HOTLINE_REDIS_URL": settings.redis_url,
        "HOTLINE_RASA_URL": settings.rasa_url,
        "HOTLINE_RASA_TOKEN": settings.rasa_token,
    }


def configuration(programs_: list[Program], run_dir: Path, log_dir: Path) -> str:
    """A configuration for supervisord; values are quoted so that nothing in them is taken for syntax."""
    head = f"""\
        [supervisord]
        nodaemon=true
        silent=true
        user={_user()}
        logfile={log_dir}/supervisord.log
        logfile_maxbytes=1MB
        pidfile={run_dir}/supervisord.pid
        childlogdir={log_dir}

        [unix_http_server]
        file={run_dir}/{SOCKET}
        chmod=0700

        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

        [supervisorctl]
        serverurl=unix://{run_dir}/{SOCKET}
        """
    return textwrap.dedent(head) + "\n".join(_section(program, log_dir) for program in programs_)


def _section(program: Program, log_dir: Path) -> str:
    return textwrap.dedent(f"""
        [program:{program.name}]
        command={_escaped(program.command)}
        directory={ROOT}
        priority={program.priority}
        autorestart=true
        startsecs=1
        startretries=1000000
        stopwaitsecs=10
        stopasgroup=true
        killasgroup=true
        redirect_stderr=true
        stdout_logfile={log_dir}/{program.name}.log
        stdout_logfile_maxbytes=5MB
        stdout_logfile_backups=2
        environment={_environment(program.environment)}
        """)


def _environment(values: dict[str, str]) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in values.items())


def _escaped(value: str) -> str:
    """Supervisord expands `%`; a double quote would end the value."""
    if '"' in value or "\n" in value:
        raise SetupError("a setting contains a double quote or a line break")
    return value.replace("%", "%%")


def _user() -> str:
    """Supervisord warns when it runs as root without being told so."""
    return "root" if os.geteuid() == 0 else str(os.geteuid())


def start(programs_: list[Program], data_dir: Path) -> "subprocess.Popen[bytes]":
    """Starts supervisord with these programs.

    Raises:
        SetupError: Another hotline runs on the same data folder.
    """
    run_dir, log_dir = data_dir / "run", data_dir / "log"
    for folder in (run_dir, log_dir):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    _refuse_second(run_dir)
    file = run_dir / "supervisord.conf"
    file.touch(mode=0o600)
    file.write_text(configuration(programs_, run_dir, log_dir), encoding="utf-8")
    supervisord = shutil.which("supervisord", path=str(Path(sys.executable).parent))
    if supervisord is None:
        raise SetupError("supervisord is missing: run `make setup`")
    return subprocess.Popen([supervisord, "-c", str(file)], start_new_session=True, env=_bare_environment())


def _bare_environment() -> dict[str, str]:
    """Programs get their settings from the configuration, each only what it needs."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HOTLINE_")}


def stop(supervisor: "subprocess.Popen[bytes]") -> None:
    """Ends everything: processes finish what they hold, the last ones started first."""
    supervisor.send_signal(signal.SIGTERM)
    try:
        supervisor.wait(STOP_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        os.killpg(supervisor.pid, signal.SIGKILL)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def refuse_taken_port(host: str, port: int) -> None:
    """Says so before anything is started when the page's port is taken.

    Raises:
        SetupError: Somebody listens there.
    """
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise SetupError(f"port {port} on {host} is taken: set HOTLINE_PORT to another one") from error


def _refuse_second(run_dir: Path) -> None:
    """Somebody who answers on the supervisor's socket is a hotline that runs; a socket that was left behind is none."""
    with socket.socket(socket.AF_UNIX) as caller:
        try:
            caller.connect(str(run_dir / SOCKET))
        except OSError:
            return
    raise SetupError(f"a hotline already runs on {run_dir.parent}: end it first")
