"""The test oracle: every figure of Careledger from raw events, by plain rules, slowly and openly.

It shares no code with the product but the event structs. Everything is a pure function of
S(as_of, W), the accepted events dated up to a day and recorded below a watermark. Where the rules
are silent, the oracle reads them so:

Meeting
    - Facts meet within one account: one clinic, one patient, one currency. A fact that names a
      parent of another patient or currency finds none, like an orphan. Facts without money (void,
      responsibility, due dates, collections) need the clinic and the patient only.
    - A payment's invoice is the one its ``payment.succeeded`` names. A correction has no invoice
      of its own: it lands where the payment does.
    - A movement that names an invoice stays with it: as long as that invoice is not issued, or for
      ever if it is another patient's, the movement is the payment's credit, never money on the
      payment's own invoice. Both ends of an allocation are judged apart in the same way.

Recording
    - The log's order is the order of recording, across partitions too. Acceptance is decided over
      the whole log; a watermark then selects among the accepted by position.
    - The event's identity is asked first, then the fact's. Only an accepted record holds an
      identity: what was a duplicate or a conflict leaves none. The type is part of the content.

Payments and invoices
    - ``disputed`` compares withdrawn and reinstated by dispute. ``failed`` after ``succeeded``
      means later in (business date, occurred_at, source, id), not later in arrival.
    - An invoice with installments is due by them, also if it states ``due_on``. The due date of an
      open plan is its oldest open date, of a settled one its last. Installments of one date are
      one. A change that states one date ends a plan.
    - A voided invoice keeps its charge, adjustments and write-offs as told; ``voids`` takes the
      first two back and the last count zero. Money below zero landed on it is owed.

Period figures
    - Each leg counts on its own date, also while its parent is unknown; a parent gives dimensions
      only once it is in S. Method and payer type of a refund, chargeback, reversal, correction or
      fee come from the succeeded payment, provider and category from the invoice the event names,
      else from the payment's invoice; an event that names an invoice takes them from no other,
      even if it is unknown. Legs of the charge side take payer type (who owed at issue), provider
      and category from the invoice; their method is ``unknown``.
    - A fee counts as it was charged, with a reversal too. A void mirrors charge and adjustments
      into ``voids`` (above zero when less is owed) and takes write-offs off ``write_offs``; each
      mirror stands at the latest of void, item and issue. Counts are never taken back.
    - Recoveries are the growth of written off - E over issued invoices, and may be below zero.
    - A roll-forward dates every movement by the latest of the facts it joins, as balances do;
      otherwise it would not close for a fact that is dated before its parent.

Patient history
    - The running balance after a line is the net balance of all that patient's facts up to that
      line in (business date, occurred_at, source, id), so the last one is the patient's balance.
    - Totals use the metrics' meanings: ``charged`` = charges, ``paid`` = gross payments,
      ``refunded`` = refunds, before voids, chargebacks and corrections.

Exceptions
    - Money that names an unknown invoice is listed as well (it stands as credit). Received is
      amount + corrections. Attempts that did not succeed need no parent.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from careledger.events.payments import PaymentEvent
from support.oracle.accounts import (
    Account,
    AccountKey,
    Totals,
    by_account,
    read_accounts,
)
from support.oracle.exceptions import ExceptionRow, read_exceptions
from support.oracle.facts import Clinic, Fact, Watermark, known
from support.oracle.history import History, read_history
from support.oracle.invoices import Invoice
from support.oracle.legs import read_legs
from support.oracle.log import LogRecord
from support.oracle.payments import Payment
from support.oracle.revenue import Cells, cells_of_legs, merge, recoveries


@dataclass(frozen=True, kw_only=True)
class Books:
    """Everything that can be said about S(as_of, W)."""

    as_of: date
    clinics: Mapping[str, Clinic]
    facts: Sequence[Fact[PaymentEvent]]
    accounts: Mapping[AccountKey, Account]

    @property
    def payments(self) -> dict[tuple[AccountKey, str], Payment]:
        """Every payment by account and id."""
        return {
            (key, payment.payment_id): payment
            for key, account in self.accounts.items()
            for payment in account.payments.values()
        }

    @property
    def invoices(self) -> dict[tuple[AccountKey, str], Invoice]:
        """Every issued invoice by account and id."""
        return {
            (key, invoice.invoice_id): invoice
            for key, account in self.accounts.items()
            for invoice in account.invoices.values()
        }

    def totals(self) -> dict[tuple[str, str], Totals]:
        """Return the sums by clinic and currency."""
        sums: dict[tuple[str, str], Totals] = {}
        for key, account in self.accounts.items():
            place = (key.clinic_id, key.currency)
            sums[place] = sums.get(place, Totals()) + account.totals
        return sums

    def revenue(self) -> Cells:
        """Return the period figures of every day up to the as-of day."""
        parts: list[Cells] = []
        for key, mine in by_account(self.facts).items():
            parts.append(cells_of_legs(key, read_legs(mine)))
            parts.append(recoveries(key, mine))
        return merge(parts)

    def history(self, patient_id: str, clinic_ids: Collection[str] | None = None) -> History:
        """Return one patient's history over some clinics, by default all."""
        mine = [
            fact
            for fact in self.facts
            if fact.event.patient_id == patient_id
            and (clinic_ids is None or fact.event.clinic_id in clinic_ids)
        ]
        return read_history(mine, self.clinics, as_of=self.as_of)

    def exceptions(self) -> list[ExceptionRow]:
        """Return what was accepted and does not fit together."""
        return read_exceptions(self.facts, self.accounts.values())


def read_books(
    log: Sequence[LogRecord],
    clinics: Mapping[str, Clinic],
    *,
    as_of: date,
    watermark: Watermark | None = None,
) -> Books:
    """Reduce a log to the books of one day and one watermark; see `known` for the arguments."""
    facts = known(log, clinics, as_of=as_of, watermark=watermark)
    accounts = read_accounts(facts, clinics, as_of=as_of)
    return Books(as_of=as_of, clinics=clinics, facts=facts, accounts=accounts)
