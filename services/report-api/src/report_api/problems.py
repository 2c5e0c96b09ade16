"""The kinds of problem report-api can answer with, as data; each has a page at /problems/{slug}."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

BLANK: Final = "about:blank"


@dataclass(frozen=True, slots=True)
class ProblemType:
    """One kind of problem; its page at /problems/{slug} says what to do about it."""

    slug: str
    status: int
    title: str
    advice: str


MALFORMED: Final = ProblemType(
    "malformed-request", 400, "The request cannot be read", "Send well-formed JSON or form data."
)
UNANSWERABLE: Final = ProblemType(
    "unanswerable",
    400,
    "The question cannot be answered as asked",
    "Narrow or change the question as `detail` says; an answer is never cut short instead.",
)
TOKEN_REFUSED: Final = ProblemType(
    "token-refused",
    400,
    "No token for this request",
    "`error` is a code of RFC 6749, section 5.2. A wrong name, a wrong password, a locked and a "
    "disabled account look the same. After five wrong passwords an address is locked out of an "
    "account for a while; after twenty, every address the account was never signed in from is.",
)
CLIENT_REFUSED: Final = ProblemType(
    "client-refused", 401, "Unknown client", "Check the client's id and secret."
)
UNAUTHENTICATED: Final = ProblemType(
    "unauthenticated",
    401,
    "A valid access token is needed",
    "Get a token at /api/v1/auth/token and send it as `Authorization: Bearer`.",
)
SIGN_IN_AGAIN: Final = ProblemType(
    "sign-in-again",
    401,
    "A recent sign-in is needed",
    "The token holds, but this asks for a sign-in that is fresh or of another kind: sign in again,"
    " as `WWW-Authenticate` says (RFC 9470), and ask once more.",
)
FORBIDDEN: Final = ProblemType(
    "forbidden",
    403,
    "This account may not do that",
    "The account's role or scopes do not include it. The refusal was recorded.",
)
NOT_FOUND: Final = ProblemType(
    "not-found",
    404,
    "There is no such thing",
    "It does not exist, or not for this account: the two look the same on purpose.",
)
METHOD_NOT_ALLOWED: Final = ProblemType(
    "method-not-allowed", 405, "This method is not offered here", "`Allow` names those that are."
)
GONE: Final = ProblemType(
    "gone",
    410,
    "This is no longer offered",
    "Its end was announced; `Link` leads to what to use instead.",
)
CONFLICT: Final = ProblemType(
    "conflict", 409, "Another request is in the way", "Ask again after it has ended."
)
RUN_GOING_ON: Final = ProblemType(
    "run-going-on",
    409,
    "Another run is going on",
    "A source has one run at a time: `run` leads to the one that has not ended.",
)
WRONG_STATE: Final = ProblemType(
    "wrong-state",
    409,
    "It is not in a state for that",
    "What this asks for has been done, or can be done no more or not yet: `detail` says which.",
)
NOT_REPLAYABLE: Final = ProblemType(
    "not-replayable",
    409,
    "This record cannot be replayed",
    "`detail` says what to do instead: mend it where it came from, or send it again.",
)
TOO_LARGE: Final = ProblemType("too-large", 413, "The request is too large", "Send less.")
UNSUPPORTED: Final = ProblemType(
    "unsupported-media-type",
    415,
    "The body has the wrong media type",
    "Send application/json; at /api/v1/auth, application/x-www-form-urlencoded.",
)
INVALID: Final = ProblemType(
    "invalid-request",
    422,
    "Something in the request is not valid",
    "`errors` names each place. Unknown and repeated query parameters are refused, too.",
)
TOO_MANY: Final = ProblemType(
    "too-many-requests",
    429,
    "Too many requests",
    "Ask again after the seconds in `Retry-After`. Accounts have limits per minute, of live "
    "streams and of exports under way; addresses that send no valid token have one per minute.",
)
INTERNAL: Final = ProblemType(
    "internal-error",
    500,
    "Careledger made a mistake",
    "Nothing was disclosed and nothing half done. Tell the operators `request_id`.",
)
UNAVAILABLE: Final = ProblemType(
    "unavailable",
    503,
    "Careledger cannot answer now",
    "A part it needs is away or has too much to do. Ask again after the seconds in `Retry-After`."
    " Without its audit record no answer is given.",
)

PROBLEM_TYPES: Final = {
    kind.slug: kind
    for kind in (
        MALFORMED,
        UNANSWERABLE,
        TOKEN_REFUSED,
        CLIENT_REFUSED,
        UNAUTHENTICATED,
        SIGN_IN_AGAIN,
        FORBIDDEN,
        NOT_FOUND,
        METHOD_NOT_ALLOWED,
        GONE,
        CONFLICT,
        RUN_GOING_ON,
        WRONG_STATE,
        NOT_REPLAYABLE,
        TOO_LARGE,
        UNSUPPORTED,
        INVALID,
        TOO_MANY,
        INTERNAL,
        UNAVAILABLE,
    )
}
_BY_STATUS: Final = {kind.status: kind for kind in reversed(PROBLEM_TYPES.values())} | {
    400: MALFORMED,
    401: UNAUTHENTICATED,
}


def kind_of_status(status: int) -> ProblemType:
    """Return the problem type that stands for a bare status code."""
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    phrase = HTTPStatus(status).phrase
    return ProblemType(BLANK, status, phrase, phrase)
