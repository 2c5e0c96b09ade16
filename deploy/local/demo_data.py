"""What the demonstration begins with: its clinics registered, its billing histories imported."""

import csv
import io
from collections.abc import Mapping

from deploy.demo.clinics import CLINICS
from deploy.local.errors import PartDidNotStartError
from deploy.local.installation import Installation
from deploy.local.processes import Launch, run_to_end
from deploy.local.records import write_private
from deploy.local.services import program
from deploy.local.settings import CLONE, inherited_environment

SYNTHEA = CLONE / "deploy" / "demo" / "synthea"
SYNTHEA_ZONE = "America/New_York"
SYNTHEA_TERMS_DAYS = 30


def load_demo_data(installation: Installation, settings: Mapping[str, str]) -> str:
    """Register the clinics, which date every event, and then import; once per database.

    Raises:
        PartDidNotStartError: one of both failed.
    """
    return installation.once("demo-data", settings, lambda: _load(installation, settings))


def clinics_table() -> str:
    """Every clinic of the demonstration as the CSV that `report-api clinics import` reads."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["clinic_id", "name", "time_zone", "terms_days"])
    for clinic in CLINICS:
        table.writerow([clinic.clinic_id, clinic.name, clinic.time_zone, clinic.terms_days])
    with (SYNTHEA / "organizations.csv").open(encoding="utf-8", newline="") as organizations:
        for row in csv.DictReader(organizations):
            table.writerow([row["Id"], row["NAME"], SYNTHEA_ZONE, SYNTHEA_TERMS_DAYS])
    return text.getvalue()


def _load(installation: Installation, settings: Mapping[str, str]) -> str:
    clinics = installation.places.home / "demo-clinics.csv"
    write_private(clinics, clinics_table())
    _run("clinics", ("report-api", "clinics", "import", str(clinics)), installation, settings)
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
    environment = {**inherited_environment(), **settings}
    code = run_to_end(Launch(program(command), log, environment, CLONE))
    if code != 0:
        raise PartDidNotStartError(f"The demo's {name}", "could not be loaded", log)
