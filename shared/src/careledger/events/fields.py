"""The field types of the event vocabulary, with their ranges; used by every event struct."""

import re
from datetime import date
from typing import Annotated, Final, Literal

from msgspec import Meta

from careledger.money import AMOUNT_MAX

IDENTIFIER_LENGTH_MAX: Final = 128
CODE_LENGTH_MAX: Final = 64

IDENTIFIER_PATTERN: Final = "^[!-~]{1,128}$"
CODE_PATTERN: Final = "^[A-Za-z0-9_.:/+-]{1,64}$"

# The patterns are checked by careledger.events.rules in one pass over all fields of an event,
# which costs a third of msgspec's one search per field; here they only document the schema.
Identifier = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=IDENTIFIER_LENGTH_MAX,
        description="1-128 printable ASCII characters without spaces; case-sensitive.",
        extra_json_schema={"pattern": IDENTIFIER_PATTERN},
    ),
]
Code = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=CODE_LENGTH_MAX,
        description="An open code of letters, digits and _ . : / + -, kept as sent.",
        extra_json_schema={"pattern": CODE_PATTERN},
    ),
]
CurrencyCode = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=3,
        description="ISO 4217 code in capitals.",
        extra_json_schema={"pattern": "^[A-Z]{3}$"},
    ),
]
Amount = Annotated[
    int, Meta(ge=0, le=AMOUNT_MAX, description="Minor units of the currency, zero or more.")
]
PositiveAmount = Annotated[
    int, Meta(gt=0, le=AMOUNT_MAX, description="Minor units of the currency, above zero.")
]
SignedAmount = Annotated[
    int, Meta(ge=-AMOUNT_MAX, le=AMOUNT_MAX, description="Minor units of the currency, signed.")
]
CalendarDate = Annotated[
    date, Meta(description="A calendar date of the clinic, YYYY-MM-DD, taken as it is.")
]
PayerType = Literal["patient", "insurance", "other"]
AdjustmentReason = Literal["contractual", "discount", "charity", "administrative", "correction"]

IDENTIFIERS: Final = re.compile(r"[!-~]*", re.ASCII)
CODES: Final = re.compile(r"[A-Za-z0-9_.:/+-]*", re.ASCII)
