"""The demonstration: everything up, real-looking data loaded, live traffic until Ctrl-C."""

import os
import select
import signal
import stat
import subprocess
import sys
from collections.abc import Mapping
from functools import partial

from deploy.local.demo_data import load_demo_data
from deploy.local.environment import service_settings
from deploy.local.errors import LocalStackError
from deploy.local.installation import Installation
from deploy.local.lifecycle import down, up
from deploy.local.progress import Display, do_at_once
from deploy.local.settings import CLONE, inherited_environment
from deploy.local.summary import print_summary
from rich.console import Console

SYNTHEA = CLONE / "deploy" / "demo" / "synthea"
LOAD = ("ingest", "import", "synthea", str(SYNTHEA), "--clinic-zone", "America/New_York")
_STANDARD_INPUT = 0
LIVE = (sys.executable, "-m", "deploy.demo.live")


def run(installation: Installation, console: Console, *, seconds: float | None) -> None:
    """Run the demonstration until it is interrupted, or for so many seconds; then stop everything.

    Raises:
        LocalStackError: something did not start, the data could not be loaded, or traffic ended.
        KeyboardInterrupt: it was interrupted before the traffic began.
    """
    try:
        with Display(console) as display:
            endpoints = up(installation, display)
            settings = service_settings(installation, installation.stack.addresses())
            do_at_once({"demo data": partial(load_demo_data, installation, settings)}, display)
        print_summary(console, endpoints, installation.places.home)
        console.print("Live traffic is coming in. Ctrl-C stops everything.\n", style="bold")
        keep_traffic_going(settings, seconds=seconds)
    finally:
        # Impatience must not leave half of it running.
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, signal.SIG_IGN)
        with Display(console) as display:
            down(installation, display)


def keep_traffic_going(settings: Mapping[str, str], *, seconds: float | None) -> None:
    """Send events through ingest as its clients would, and show them, until interrupted.

    Raises:
        LocalStackError: the sender gave up.
    """
    with subprocess.Popen(  # noqa: S603 - our own program
        LIVE, env={**inherited_environment(), **settings}, cwd=CLONE
    ) as traffic:
        try:
            ended = wait_for_end(traffic.pid, terminal=_STANDARD_INPUT, seconds=seconds)
        except KeyboardInterrupt:
            return
        finally:
            traffic.terminate()
    if ended:
        raise LocalStackError(f"The live traffic ended by itself with code {traffic.returncode}")


def wait_for_end(pid: int, *, terminal: int, seconds: float | None) -> bool:
    """Wait until a process ends, the terminal is closed, or time is up; whether it was the first.

    A closed terminal is not always told by a signal: `make` keeps the one it gets to itself.
    """
    process = os.pidfd_open(pid)
    try:
        waiting = select.poll()
        waiting.register(process, select.POLLIN)
        # A pipe without a writer, as in a script, is no closed terminal.
        if stat.S_ISCHR(os.fstat(terminal).st_mode):
            waiting.register(terminal, 0)
        ready = waiting.poll(None if seconds is None else seconds * 1000)
        return any(number == process for number, _ in ready)
    finally:
        os.close(process)
