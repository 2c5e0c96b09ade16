"""What a Synthea export becomes, shown on exports of a few rows."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careledger.errors import ConfigurationError
from careledger.events.payments import (
    InvoiceAdjusted,
    InvoiceIssued,
    PaymentSucceeded,
)
from ingest.sources.payloads import PatientName, SourceUnreadableError
from ingest.sources.synthea import (
    SyntheaClinic,
    SyntheaOptions,
    last_activity_on,
    read_clinics,
    read_events,
    shift_until,
)
from support.synthea_files import (
    ADJUSTMENT,
    CHARGE,
    CLAIM,
    ENCOUNTER,
    NEW_YORK,
    PAYMENT,
    TRANSFER_IN,
    events_of,
    write_export,
)


def test_a_claim_is_one_invoice_of_the_sum_of_its_charges_at_the_earliest(tmp_path: Path) -> None:
    later = {**CHARGE, "ID": "row-9", "AMOUNT": "0.05", "FROMDATE": "2025-03-05T15:00:00Z"}

    export = write_export(tmp_path, later, CHARGE)

    [invoice] = [event.data for event in events_of(export) if isinstance(event.data, InvoiceIssued)]
    assert invoice == InvoiceIssued(
        clinic_id="clinic-1",
        patient_id="patient-1",
        invoice_id="claim-1",
        amount=10005,
        currency="USD",
        issued_on=date(2025, 3, 3),
        service_date=date(2025, 3, 3),
        payer_type="insurance",
        provider="provider-1",
        category="wellness",
    )


def test_a_payment_row_is_one_payment_of_its_invoice(tmp_path: Path) -> None:
    export = write_export(tmp_path, CHARGE, PAYMENT)

    payment = events_of(export)[-1]

    assert payment.envelope.source == "urn:synthea:tiny"
    assert payment.data == PaymentSucceeded(
        clinic_id="clinic-1",
        patient_id="patient-1",
        payment_id="row-2",
        invoice_id="claim-1",
        amount=6000,
        currency="USD",
        method="ECHECK",
        payer_type="insurance",
        received_at=datetime(2025, 3, 3, 15, tzinfo=UTC),
    )


def test_an_adjustment_row_lowers_the_charge_by_contract(tmp_path: Path) -> None:
    export = write_export(tmp_path, CHARGE, ADJUSTMENT)

    adjustment = events_of(export)[-1].data

    assert isinstance(adjustment, InvoiceAdjusted)
    assert (adjustment.amount, adjustment.reason) == (-1250, "contractual")


def test_transfers_are_not_money(tmp_path: Path) -> None:
    transfer_out = {**TRANSFER_IN, "ID": "row-5", "TYPE": "TRANSFEROUT", "AMOUNT": ""}

    export = write_export(tmp_path, CHARGE, TRANSFER_IN, transfer_out)

    assert [event.envelope.type for event in events_of(export)] == [
        "patient.recorded",
        "invoice.issued",
    ]


@pytest.mark.parametrize(
    ("method", "payer"),
    [
        ("ECHECK", "insurance"),
        ("COPAY", "patient"),
        ("CASH", "patient"),
        ("CHECK", "patient"),
        ("CC", "patient"),
        ("BARTER", None),
    ],
)
def test_the_method_of_a_payment_tells_who_paid(
    tmp_path: Path, method: str, payer: str | None
) -> None:
    export = write_export(tmp_path, CHARGE, {**PAYMENT, "METHOD": method})

    payment = events_of(export)[-1].data

    assert isinstance(payment, PaymentSucceeded)
    assert (payment.method, payment.payer_type) == (method, payer)


def test_an_uninsured_patient_owes_the_claim(tmp_path: Path) -> None:
    export = write_export(tmp_path, claims=[{**CLAIM, "PRIMARYPATIENTINSURANCEID": ""}])

    invoice = events_of(export)[-1].data

    assert isinstance(invoice, InvoiceIssued)
    assert invoice.payer_type == "patient"


def test_a_patient_is_recorded_with_the_name_in_every_clinic_before_anything_else(
    tmp_path: Path,
) -> None:
    export = write_export(
        tmp_path,
        PAYMENT,
        CHARGE,
        {**CHARGE, "ID": "row-9", "CLAIMID": "claim-2"},
        encounters=[ENCOUNTER, {**ENCOUNTER, "Id": "visit-2", "ORGANIZATION": "clinic-2"}],
        claims=[CLAIM, {**CLAIM, "Id": "claim-2", "APPOINTMENTID": "visit-2"}],
    )

    first, second, *others = events_of(export)

    assert {first.data.clinic_id, second.data.clinic_id} == {"clinic-1", "clinic-2"}
    assert first.patient_name == second.patient_name == PatientName(family="Quiles", given=("Ana",))
    assert [event.patient_name for event in others] == [None, None, None]


def test_a_business_date_is_the_day_in_the_zone_of_the_clinics(tmp_path: Path) -> None:
    export = write_export(tmp_path, {**CHARGE, "FROMDATE": "2025-03-04T03:30:00Z"})

    invoice = events_of(export)[-1].data

    assert isinstance(invoice, InvoiceIssued)
    assert invoice.issued_on == date(2025, 3, 3)


def test_a_shift_over_a_clock_change_moves_dates_and_keeps_the_time_of_day(tmp_path: Path) -> None:
    export = write_export(tmp_path, CHARGE, {**PAYMENT, "FROMDATE": "2025-03-04T04:30:00Z"})
    options = SyntheaOptions(dataset="tiny", time_zone="America/New_York", shift_days=7)

    payment = events_of(export, options)[-1].data

    assert isinstance(payment, PaymentSucceeded)
    assert payment.received_at == datetime(2025, 3, 11, 3, 30, tzinfo=UTC)


def test_events_shifted_by_another_amount_are_other_events(tmp_path: Path) -> None:
    export = write_export(tmp_path, CHARGE, PAYMENT)
    moved = SyntheaOptions(dataset="tiny", time_zone="America/New_York", shift_days=364)

    once, again, shifted = (
        {event.envelope.id for event in events_of(export, options)}
        for options in (NEW_YORK, NEW_YORK, moved)
    )

    assert once == again
    assert once.isdisjoint(shifted)


@given(st.dates(date(1950, 1, 1), date(2090, 1, 1)), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
def test_a_shift_is_whole_weeks_and_ends_in_the_week_before_today(today: date, last: date) -> None:
    shift = shift_until(today, last)

    assert shift % 7 == 0
    assert timedelta(days=1) <= today - (last + timedelta(days=shift)) <= timedelta(days=7)


def test_the_last_activity_is_a_day_of_the_clinics(tmp_path: Path) -> None:
    export = write_export(tmp_path, CHARGE, {**PAYMENT, "FROMDATE": "2025-06-01T02:00:00Z"})

    assert last_activity_on(export, NEW_YORK) == date(2025, 5, 31)


def test_organizations_are_the_clinics_to_register(tmp_path: Path) -> None:
    export = write_export(tmp_path)

    assert list(read_clinics(export, NEW_YORK)) == [
        SyntheaClinic(
            clinic_id="clinic-1",
            name="Harbor Clinic",
            time_zone="America/New_York",
            terms_days=30,
        )
    ]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    write_export(tmp_path).joinpath("claims.csv").unlink()

    with pytest.raises(SourceUnreadableError, match=r"claims\.csv cannot be read"):
        list(read_events(tmp_path, NEW_YORK))


def test_an_export_without_activity_has_no_last_day(tmp_path: Path) -> None:
    export = write_export(tmp_path, TRANSFER_IN)

    with pytest.raises(SourceUnreadableError, match="holds no claim, payment or adjustment"):
        last_activity_on(export, NEW_YORK)


def test_an_unknown_zone_is_refused_before_reading(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Mars/Olympus is not a time zone"):
        list(read_events(tmp_path, SyntheaOptions(dataset="tiny", time_zone="Mars/Olympus")))


def test_an_unknown_currency_is_refused_before_reading(tmp_path: Path) -> None:
    options = SyntheaOptions(dataset="tiny", time_zone="America/New_York", currency="XXX")

    with pytest.raises(ConfigurationError, match="XXX is not an ISO 4217 currency"):
        list(read_events(tmp_path, options))
