"""The invented clinics and patients of the live traffic, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class DemoClinic:
    """A clinic to register, and what it charges in."""

    clinic_id: str
    name: str
    time_zone: str
    terms_days: int
    currency: str
    minor_units_per_point: int
    """Price of one point of the fee schedule, in minor units of the currency."""
    patients: range
    """Numbers of its patients; two clinics of one region share some."""
    providers: tuple[str, ...]

    @property
    def zone(self) -> ZoneInfo:
        """Its time zone."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True, slots=True)
class DemoPatient:
    """An invented patient; the name goes no further than ingest."""

    patient_id: str
    family: str
    given: tuple[str, ...]

    @property
    def name(self) -> Mapping[str, object]:
        """The name as an event carries it."""
        return {"family": self.family, "given": list(self.given)}


CLINICS: Final = (
    DemoClinic(
        clinic_id="hudson",
        name="Hudson Street Clinic",
        time_zone="America/New_York",
        terms_days=30,
        currency="USD",
        minor_units_per_point=100,
        patients=range(1, 121),
        providers=("dr-abbott", "dr-castellano", "np-whitfield"),
    ),
    DemoClinic(
        clinic_id="mission",
        name="Mission Bay Clinic",
        time_zone="America/Los_Angeles",
        terms_days=30,
        currency="USD",
        minor_units_per_point=115,
        patients=range(101, 221),
        providers=("dr-okafor", "dr-lindqvist"),
    ),
    DemoClinic(
        clinic_id="spree",
        name="Praxis am Spreeufer",
        time_zone="Europe/Berlin",
        terms_days=14,
        currency="EUR",
        minor_units_per_point=84,
        patients=range(221, 301),
        providers=("dr-seidel", "dr-yildirim"),
    ),
    DemoClinic(
        clinic_id="sumida",
        name="Sumida Riverside Clinic",
        time_zone="Asia/Tokyo",
        terms_days=30,
        currency="JPY",
        minor_units_per_point=130,
        patients=range(301, 381),
        providers=("dr-hayashi", "dr-onoda"),
    ),
    DemoClinic(
        clinic_id="gulf",
        name="Gulf Road Clinic",
        time_zone="Asia/Kuwait",
        terms_days=45,
        currency="KWD",
        minor_units_per_point=270,
        patients=range(381, 441),
        providers=("dr-mansour",),
    ),
)

FEE_SCHEDULE: Final = {
    "consultation": 120,
    "follow-up": 75,
    "laboratory": 64,
    "imaging": 430,
    "immunization": 92,
    "procedure": 1450,
    "physiotherapy": 58,
}
"""Points per category of service."""

_GIVEN: Final = (
    *("Amara", "Björn", "Chloé", "Dmitri", "Elif", "Fatima", "Guillermo", "Haruka", "Inés"),
    *("Jakub", "Keiko", "Łukasz", "Marguerite", "Nadia", "Oluwaseun", "Priya", "Quentin"),
    *("Rosa", "Søren", "Thùy", "Ursula", "Viktor", "Wen", "Xavier", "Yusuf"),
)
_FAMILY: Final = (
    *("Achterberg", "Bianchi", "Córdoba", "D'Angelo", "Eriksen", "Fukuda", "Grünwald", "Haddad"),
    *("Ivanova", "Jaramillo", "Kowalczyk", "Laurent-Petit", "McAllister", "Nguyễn", "O'Shea"),
    *("Peralta", "Qureshi", "Rasmussen", "Sánchez", "Tanaka", "Ueda", "Van der Meer", "Weiß"),
)


def patient_of(number: int) -> DemoPatient:
    """Return the patient of a number: always the same one, by whatever seed."""
    given = _GIVEN[number % len(_GIVEN)]
    second = _GIVEN[number * 11 % len(_GIVEN)]
    return DemoPatient(
        patient_id=f"P-{number:05d}",
        family=_FAMILY[number * 7 % len(_FAMILY)],
        given=(given,) if second == given or number % 3 else (given, second),
    )
