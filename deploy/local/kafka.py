"""An Apache Kafka of our own: one broker in KRaft mode that creates no topic by itself."""

import asyncio
import base64
import secrets
import shutil
import time
from functools import partial
from pathlib import Path

from aiokafka.client import AIOKafkaClient
from aiokafka.errors import KafkaError
from deploy.local.errors import PartDidNotStartError
from deploy.local.java import Java, find_java
from deploy.local.kafka_jars import bring_jars, locked_jars
from deploy.local.places import Places
from deploy.local.ports import is_free
from deploy.local.processes import Identity, Launch, is_alive, run_to_end
from deploy.local.progress import Report
from deploy.local.records import Records
from deploy.local.settings import LocalSettings, server_environment

NAME = "kafka"
CONTROLLER_PORT = "kafka-controller"
_LOGGING = Path(__file__).with_name("log4j2.properties")
_READY_SECONDS = 120
_POLL_SECONDS = 0.1


class Kafka:
    """The broker of one stack."""

    def __init__(self, places: Places, records: Records, settings: LocalSettings) -> None:
        """Describe the broker."""
        self._folder = places.home / NAME
        self._data = self._folder / "data"
        self._log = places.log(NAME)
        self._records = records
        self._settings = settings

    def start(self, report: Report) -> str:
        """Start the broker unless it runs already; returns what was started, for people.

        Raises:
            LocalStackError: the jars could not be brought, or it did not become ready.
        """
        if self._records.is_running(NAME):
            return "already running"
        java = find_java(self._settings.java_home)
        mirror = self._settings.maven_mirror
        jars = bring_jars(
            locked_jars(),
            self._settings.jar_cache(),
            mirror=mirror,
            report=partial(report.doing, NAME),
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        command = self._java_command(java, jars)
        if not self._data.exists():
            self._format(command)
        report.doing(NAME, "starting")
        self._records.claim_port(NAME)
        self._records.claim_port(CONTROLLER_PORT)
        identity = self._records.start(
            NAME,
            Launch(
                [*command, "kafka.Kafka", self._write_properties(self._data)],
                log=self._log,
                environment=server_environment(),
                folder=self._folder,
            ),
        )
        asyncio.run(self._wait_until_ready(identity))
        return f"Apache Kafka on {java.label}"

    def bootstrap(self) -> str:
        """Where to connect, ``host:port``."""
        return f"127.0.0.1:{self._records.port(NAME)}"

    def _java_command(self, java: Java, jars: list[Path]) -> list[str]:
        # In a file, or whoever lists processes would see a screenful of jars.
        class_path = self._folder / "class-path"
        listed = ":".join(str(jar) for jar in jars)
        class_path.write_text(f'-classpath "{listed}"\n', encoding="utf-8")
        quick = ["-XX:TieredStopAtLevel=1"] if self._settings.kafka_compiler == "quick" else []
        return [
            str(java.path),
            "-Xms128m",
            f"-Xmx{self._settings.kafka_heap_mib}m",
            "-XX:+UseSerialGC",
            *quick,
            "-XX:+ExitOnOutOfMemoryError",
            "-Djava.awt.headless=true",
            f"-Dlog4j2.configurationFile={_LOGGING}",
            f"@{class_path}",
        ]

    def _format(self, command: list[str]) -> None:
        """Fill a draft folder and rename it, so that a killed attempt never looks finished."""
        draft = self._folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        self._records.claim_port(NAME)
        self._records.claim_port(CONTROLLER_PORT)
        cluster = base64.urlsafe_b64encode(secrets.token_bytes(16)).decode().rstrip("=")
        properties = self._write_properties(draft)
        arguments = ["format", f"--cluster-id={cluster}", f"--config={properties}"]
        code = run_to_end(
            Launch(
                [*command, "kafka.tools.StorageTool", *arguments],
                log=self._log,
                environment=server_environment(),
                folder=self._folder,
            )
        )
        if code != 0:
            raise PartDidNotStartError("Kafka", "could not format its data folder", self._log)
        draft.rename(self._data)

    def _write_properties(self, data: Path) -> Path:
        client = f"127.0.0.1:{self._records.port(NAME)}"
        controller = f"127.0.0.1:{self._records.port(CONTROLLER_PORT)}"
        options = {
            "process.roles": "broker,controller",
            "node.id": "1",
            "controller.quorum.voters": f"1@{controller}",
            "listeners": f"CLIENT://{client},CONTROLLER://{controller}",
            "advertised.listeners": f"CLIENT://{client}",
            "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "CLIENT",
            "controller.listener.names": "CONTROLLER",
            "log.dirs": str(data),
            "auto.create.topics.enable": "false",
            "group.initial.rebalance.delay.ms": "0",
            **_ONE_BROKER,
        }
        path = self._folder / "server.properties"
        lines = "".join(f"{name}={value}\n" for name, value in options.items())
        path.write_text(lines, encoding="utf-8")
        return path

    async def _wait_until_ready(self, identity: Identity) -> None:
        deadline = time.monotonic() + _READY_SECONDS
        while time.monotonic() < deadline:
            if not is_alive(identity):
                raise PartDidNotStartError("Kafka", "ended while starting", self._log)
            if await self._answers():
                return
            await asyncio.sleep(_POLL_SECONDS)
        raise PartDidNotStartError("Kafka", f"was not ready in {_READY_SECONDS} s", self._log)

    async def _answers(self) -> bool:
        if is_free(self._records.port(NAME)):
            return False
        client = AIOKafkaClient(bootstrap_servers=self.bootstrap())
        try:
            await client.bootstrap()
        except (KafkaError, OSError):
            return False
        finally:
            await client.close()
        return True


# The defaults ask for three brokers, and for 50 partitions of each inner topic, which a lone
# broker pays for at every start.
_ONE_BROKER = {
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "8",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "8",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "2",
    # After a kill -9 the broker is let in again only when its former self has timed out.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
}
