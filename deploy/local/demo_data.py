"""What the demonstration begins with: its clinics registered, its billing histories imported."""

from collections.abc import Mapping

from deploy.local.errors import PartDidNotStartError
from deploy.local.installation import Installation
from deploy.local.logins import own_settings
from deploy.local.processes import Launch, run_to_end
from deploy.local.services import program
from deploy.local.settings import CLONE, inherited_environment

CLINICS = CLONE / "deploy" / "demo" / "clinics.csv"
SYNTHEA = CLONE / "deploy" / "demo" / "synthea"
SYNTHEA_ZONE = "America/New_York"


def load_demo_data(installation: Installation, settings: Mapping[str, str]) -> str:
    """Register the clinics, which date every event, and then import; once per database.

    Raises:
        PartDidNotStartError: one of both failed.
    """
    return installation.once("demo-data", settings, lambda: _load(installation, settings))


def _load(installation: Installation, settings: Mapping[str, str]) -> str:
    _run("clinics", ("report-api", "clinics", "import", str(CLINICS)), installation, settings)
    command = ("ingest", "import", "synthea", str(SYNTHEA), "--clinic-zone", SYNTHEA_ZONE)
    _run("histories", command, installation, settings)
    return "clinics registered, billing histories imported"


def _run(
    name: str,
    command: tuple[str, ...],
    installation: Installation,
    settings: Mapping[str, str],
) -> None:
    log = installation.places.log(f"demo-{name}")
    environment = {**inherited_environment(), **own_settings(command[0], installation, settings)}
    code = run_to_end(Launch(program(command), log, environment, CLONE))
    if code != 0:
        raise PartDidNotStartError(f"The demo's {name}", "could not be loaded", log)
