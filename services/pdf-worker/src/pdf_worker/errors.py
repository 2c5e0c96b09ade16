"""What can keep an export from becoming a document; each text is safe to show its owner."""

from billiard.exceptions import SoftTimeLimitExceeded

from careledger.errors import CareledgerError

TimeIsUpError = SoftTimeLimitExceeded
"""Raised by Celery in the midst of a rendering that takes too long."""


class RefusedError(CareledgerError):
    """No attempt can succeed: the text says why, and what would help."""


class LeaseLostError(CareledgerError):
    """Another attempt has begun or the export is over: whatever this one made is dropped."""
