"""The base of every error Careledger raises on purpose; its text is safe to show and to log."""


class CareledgerError(Exception):
    """An error with a text for people: what was wrong, where, what to do; never personal data."""


class ConfigurationError(CareledgerError):
    """Settings that cannot work; the text names every wrong one."""


class UnavailableError(CareledgerError):
    """A part this service depends on does not answer; trying again later may help."""
