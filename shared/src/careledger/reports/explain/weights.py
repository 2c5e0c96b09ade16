"""Which legs a figure counts, and with which sign; pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from careledger.reports.explain.models import PeriodMetric


class Counted(NamedTuple):
    """One kind of leg a figure counts."""

    kind: str
    group: str = ""
    """Of adjustments what their reason counts as: correction, contractual or other; else empty."""
    is_mirror: bool = False
    weight: int = 1
    """By which the ledger's signed amount is multiplied."""


ADJUSTMENT_GROUPS: Final = ("correction", "contractual", "other")
_RETURNED: Final = ("chargeback", "chargeback_reversal")
_MONEY: Final = ("payment", "correction", "refund", *_RETURNED)
LANDING: Final = (*_MONEY, "allocation")


def _plain(kinds: Iterable[str], weight: int = 1) -> tuple[Counted, ...]:
    return tuple(Counted(kind, weight=weight) for kind in kinds)


def _adjusted(group: str, weight: int) -> tuple[Counted, ...]:
    return (Counted("adjustment", group, weight=weight),)


def _mirrors(weight: int) -> tuple[Counted, ...]:
    groups = tuple(
        Counted("adjustment", group, is_mirror=True, weight=weight) for group in ADJUSTMENT_GROUPS
    )
    return (Counted("charge", is_mirror=True, weight=weight), *groups)


CHARGES: Final = _plain(["charge"])
CORRECTIONS: Final = _adjusted("correction", 1)
CONTRACTUAL: Final = _adjusted("contractual", -1)
OTHERS: Final = _adjusted("other", -1)
VOIDS: Final = _mirrors(-1)
WRITE_OFFS: Final = (*_plain(["write_off"]), Counted("write_off", is_mirror=True))
LANDED: Final = _plain(LANDING)
GROSS_CHARGES: Final = (*CHARGES, *CORRECTIONS, *_mirrors(1))
NET_CHARGES: Final = (*GROSS_CHARGES, *_adjusted("contractual", 1))
BALANCE: Final = (
    *CHARGES,
    *(one for group in ADJUSTMENT_GROUPS for one in _adjusted(group, 1)),
    *_mirrors(1),
    *_plain(LANDING, -1),
    *(Counted("write_off", is_mirror=is_mirror, weight=-1) for is_mirror in (False, True)),
)
"""A receivable's balance before the rule of the effective write-off."""

PERIOD: Final[dict[PeriodMetric, tuple[Counted, ...]]] = {
    "gross_payments": _plain(["payment"]),
    "refunds": _plain(["refund"], -1),
    "chargebacks": _plain(_RETURNED, -1),
    "payment_corrections": _plain(["correction"]),
    "net_payments": _plain(_MONEY),
    "payment_count": _plain(["payment"]),
    "refund_count": _plain(["refund"]),
    "processor_fees": _plain(["fee"]),
    "charges": CHARGES,
    "charge_count": CHARGES,
    "charge_corrections": CORRECTIONS,
    "contractual_adjustments": CONTRACTUAL,
    "other_adjustments": OTHERS,
    "voids": VOIDS,
    "write_offs": WRITE_OFFS,
    "net_charges": NET_CHARGES,
}
COUNTS: Final = frozenset({"payment_count", "refund_count", "charge_count"})


def as_parameters(counted: Iterable[Counted]) -> dict[str, object]:
    """Return what is counted as the parameters of statements."""
    kinds, groups, mirrors, weights = zip(*counted, strict=True)
    return {
        "kinds": list(kinds),
        "groups": list(groups),
        "mirrors": list(mirrors),
        "weights": list(weights),
    }


def group_of(kind: str, reason: str | None) -> str:
    """Return what an adjustment's reason counts as; of any other leg nothing."""
    if kind != "adjustment":
        return ""
    return reason if reason in {"correction", "contractual"} else "other"
