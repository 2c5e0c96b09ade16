"""Why one event is refused: a closed list of reasons, and texts that never repeat its values."""

from typing import Literal

from careledger.errors import CareledgerError

RejectionReason = Literal[
    "body_invalid",  # not JSON, or not of the event type's shape
    "conflict",  # the same event or fact was told before with other content
    "currency_invalid",  # not an ISO 4217 currency
    "date_out_of_range",  # before 1900 or ahead of the clock
    "envelope_invalid",  # CloudEvents attributes missing or malformed
    "field_invalid",  # a field that does not stand for itself (empty plan, fee without dispute)
    "identifier_invalid",  # an id with spaces or characters beyond printable ASCII
    "key_mismatch",  # the Kafka key is not the patient id
    "row_inconsistent",  # a row of a source that changed in a way no event can say
    "patient_id_is_personal",  # a patient id that is an SSN, a phone number or an e-mail address
    "time_invalid",  # an instant without offset, or no instant
    "too_large",  # over the size of one event
    "type_unknown",  # not in the vocabulary
]


class EventRejectedError(CareledgerError):
    """One event cannot be accepted; `reason` is a code, the text says what to do."""

    def __init__(self, reason: RejectionReason, problem: str) -> None:
        super().__init__(problem)
        self.reason: RejectionReason = reason
        self.problem = problem
