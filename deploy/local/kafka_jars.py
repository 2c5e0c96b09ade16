"""Brings the jars of Apache Kafka; none is used that is not the one of the committed lock."""

import hashlib
import shutil
import tempfile
import threading
import tomllib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from deploy.local.errors import LocalStackError
from jgo.maven import Artifact, MavenContext
from jgo.parse import Coordinate

LOCK = Path(__file__).with_name("kafka.lock.toml")
KAFKA = "org.apache.kafka:kafka_2.13:4.4.0"
# Asked for together with Kafka, jgo 3.2 takes an older kafka-clients from this one's bill of
# materials.
LOGGING = "org.apache.logging.log4j:log4j-slf4j-impl:2.25.5"
_DOWNLOADS_AT_ONCE = 6
_TRIES = 3


@dataclass(frozen=True, slots=True)
class LockedJar:
    """One jar of the lock."""

    coordinate: str
    sha256: str

    @property
    def file_name(self) -> str:
        """The name the jar is kept under, unique for its content."""
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}-{self.sha256[:12]}.jar"


def locked_jars() -> list[LockedJar]:
    """The jars of the committed lock."""
    lock = tomllib.loads(LOCK.read_text(encoding="utf-8"))
    return [LockedJar(**jar) for jar in lock["jar"]]


def bring_jars(
    wanted: Sequence[LockedJar],
    shelf: Path,
    *,
    mirror: str | None,
    report: Callable[[str], None],
) -> list[Path]:
    """Check the jars kept on ``shelf`` and download those that are missing or wrong.

    Raises:
        LocalStackError: a jar cannot be downloaded, or is not the one of the lock.
    """
    shelf.mkdir(parents=True, exist_ok=True)
    missing = [jar for jar in wanted if not _is_right(shelf / jar.file_name, jar)]
    if missing:
        with tempfile.TemporaryDirectory(dir=shelf, prefix="download-") as folder:
            _download_all(missing, Path(folder), shelf, mirror=mirror, report=report)
    return [shelf / jar.file_name for jar in wanted]


def write_lock(*, mirror: str | None) -> int:
    """Resolve Kafka and its logging binding anew and write the lock; returns the number of jars."""
    with tempfile.TemporaryDirectory() as folder:
        context = _maven(Path(folder), mirror)
        found: dict[str, str] = {}
        for coordinate in (KAFKA, LOGGING):
            for artifact_coordinate, path in _resolve(context, coordinate):
                found.setdefault(artifact_coordinate, _sha256(path))
    lines = [f'[[jar]]\ncoordinate = "{c}"\nsha256 = "{s}"\n' for c, s in sorted(found.items())]
    LOCK.write_text("\n".join(lines), encoding="utf-8")
    return len(found)


def _resolve(context: MavenContext, coordinate: str) -> list[tuple[str, Path]]:
    wanted = context.create_dependency(replace(Coordinate.parse(coordinate), scope="compile"))
    inputs, transitive = context.resolver.resolve([wanted])
    needed = [*inputs, *(d for d in transitive if d.scope in ("compile", "runtime"))]
    return [(f"{d.groupId}:{d.artifactId}:{d.version}", d.artifact.resolve()) for d in needed]


def _download_all(
    jars: list[LockedJar],
    folder: Path,
    shelf: Path,
    *,
    mirror: str | None,
    report: Callable[[str], None],
) -> None:
    context = _maven(folder, mirror)
    counting = threading.Lock()
    done = 0

    def bring(jar: LockedJar) -> None:
        nonlocal done
        _download(jar, context, shelf)
        with counting:
            done += 1
            report(f"downloading Kafka, {done} of {len(jars)} jars")

    with ThreadPoolExecutor(_DOWNLOADS_AT_ONCE) as pool:
        # The list drains the results, so that the first failure is raised here.
        list(pool.map(bring, jars))


def _download(jar: LockedJar, context: MavenContext, shelf: Path) -> None:
    artifact = context.create_dependency(jar.coordinate).artifact
    problem: Exception | None = None
    for _ in range(_TRIES):
        try:
            downloaded = artifact.resolve()
        except Exception as error:  # noqa: BLE001 - jgo lets errors of every library below it through
            problem = error
            shutil.rmtree(_folder_of(artifact), ignore_errors=True)
            continue
        if not _is_right(downloaded, jar):
            raise LocalStackError(
                f"{jar.coordinate} is not the jar of {LOCK.name}: refusing to run it"
            )
        shutil.move(downloaded, shelf / jar.file_name)
        return
    raise LocalStackError(
        f"{jar.coordinate} could not be downloaded ({problem}). Is Maven Central reachable? "
        "CARELEDGER_MAVEN_MIRROR can name another repository, CARELEDGER_KAFKA_BOOTSTRAP a Kafka."
    ) from problem


def _folder_of(artifact: Artifact) -> Path:
    """Where jgo puts a download, so that the remains of a failed one can be removed."""
    return artifact.context.repo_cache / artifact.component.path_prefix


def _maven(folder: Path, mirror: str | None) -> MavenContext:
    return MavenContext(repo_cache=folder, remote_repos={"mirror": mirror} if mirror else None)


def _is_right(path: Path, jar: LockedJar) -> bool:
    return path.exists() and _sha256(path) == jar.sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
