"""The committed export, read by the importer and counted again by other means."""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec

from careledger.events.payments import (
    InvoiceAdjusted,
    InvoiceIssued,
    PatientRecorded,
    PaymentSucceeded,
)
from careledger.events.rules import check, decode
from ingest.sources.synthea import SyntheaOptions, last_activity_on, read_clinics, shift_until
from support.synthea_files import events_of

DATA = Path(__file__).parents[3] / "deploy" / "demo" / "synthea"
PLAIN = SyntheaOptions(dataset="gardner-13", time_zone="America/New_York")
TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_every_claim_is_one_invoice_of_its_charges() -> None:
    charges: defaultdict[str, Decimal] = defaultdict(Decimal)
    with (DATA / "claims_transactions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["TYPE"] == "CHARGE":
                charges[row["CLAIMID"]] += Decimal(row["AMOUNT"])

    invoices = [e.data for e in events_of(DATA, PLAIN) if isinstance(e.data, InvoiceIssued)]

    assert len(invoices) == 1444
    assert {i.invoice_id: Decimal(i.amount).scaleb(-2) for i in invoices} == charges


def test_payments_and_adjustments_are_those_of_the_rows() -> None:
    paid: dict[str, Decimal] = {}
    adjusted: dict[str, Decimal] = {}
    with (DATA / "claims_transactions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["TYPE"] == "PAYMENT":
                paid[row["ID"]] = Decimal(row["PAYMENTS"])
            elif row["TYPE"] == "ADJUSTMENT":
                adjusted[row["ID"]] = -Decimal(row["ADJUSTMENTS"])

    told = [event.data for event in events_of(DATA, PLAIN)]

    payments = [data for data in told if isinstance(data, PaymentSucceeded)]
    adjustments = [data for data in told if isinstance(data, InvoiceAdjusted)]
    assert (len(payments), len(adjustments)) == (4335, 847)
    assert {p.payment_id: Decimal(p.amount).scaleb(-2) for p in payments} == paid
    assert {a.adjustment_id: Decimal(a.amount).scaleb(-2) for a in adjustments} == adjusted


def test_totals_are_those_the_readme_states() -> None:
    told = [event.data for event in events_of(DATA, PLAIN)]

    charged = sum(data.amount for data in told if isinstance(data, InvoiceIssued))
    paid = sum(data.amount for data in told if isinstance(data, PaymentSucceeded))
    adjusted = sum(data.amount for data in told if isinstance(data, InvoiceAdjusted))
    assert (charged, paid, adjusted) == (212873312, 209376966, -3496346)
    assert charged + adjusted == paid


def test_every_claim_ends_settled_to_the_cent() -> None:
    open_amounts: Counter[str] = Counter()
    for event in events_of(DATA, PLAIN):
        if isinstance(event.data, InvoiceIssued | InvoiceAdjusted):
            open_amounts[event.data.invoice_id] += event.data.amount
        elif isinstance(event.data, PaymentSucceeded) and event.data.invoice_id:
            open_amounts[event.data.invoice_id] -= event.data.amount

    assert set(open_amounts.values()) == {0}


def test_shifted_events_come_in_the_order_of_time_and_end_in_the_week_before_today() -> None:
    shift = shift_until(TODAY.date(), last_activity_on(DATA, PLAIN))

    times = [
        e.envelope.time for e in events_of(DATA, msgspec.structs.replace(PLAIN, shift_days=shift))
    ]

    assert times == sorted(times)
    assert timedelta() < TODAY - times[-1] < timedelta(days=8)


def test_every_business_date_moves_by_exactly_the_shift() -> None:
    moved = msgspec.structs.replace(PLAIN, shift_days=322)

    plain_days, moved_days = (
        {
            event.data.invoice_id: event.data.issued_on
            for event in events_of(DATA, options)
            if isinstance(event.data, InvoiceIssued)
        }
        for options in (PLAIN, moved)
    )

    assert moved_days == {key: day + timedelta(days=322) for key, day in plain_days.items()}


def test_every_event_stands_before_the_rules_of_the_vocabulary() -> None:
    moved = msgspec.structs.replace(PLAIN, shift_days=322)

    for event in events_of(DATA, moved):
        decoded = decode(event.envelope.type, msgspec.json.encode(event.data))
        check(decoded, event.envelope.time, clock=TODAY)
        assert decoded == event.data


def test_no_event_id_occurs_twice() -> None:
    ids = [event.envelope.id for event in events_of(DATA, PLAIN)]

    assert len(set(ids)) == len(ids)


def test_every_patient_is_recorded_by_name_in_every_clinic_visited() -> None:
    events = events_of(DATA, PLAIN)

    recorded = Counter(
        (event.data.clinic_id, event.data.patient_id)
        for event in events
        if isinstance(event.data, PatientRecorded) and event.patient_name
    )
    assert recorded == Counter({(e.data.clinic_id, e.data.patient_id) for e in events})
    assert len({patient for _, patient in recorded}) == 54


def test_every_clinic_has_a_name_to_register() -> None:
    clinics = {getattr(clinic, "clinic_id", None) for clinic in read_clinics(DATA, PLAIN)}

    assert {event.data.clinic_id for event in events_of(DATA, PLAIN)} < clinics


def test_the_files_are_those_whose_digests_the_readme_states() -> None:
    stated = re.findall(
        r"^([0-9a-f]{64})  (\w+\.csv)$", (DATA / "README.md").read_text(), re.MULTILINE
    )

    found = [
        (hashlib.sha256(p.read_bytes()).hexdigest(), p.name) for p in sorted(DATA.glob("*.csv"))
    ]

    assert sorted(stated) == sorted(found)
