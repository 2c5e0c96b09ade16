"""Money as integers of minor units with an ISO 4217 code; nothing here is ever a float."""

import re
from typing import Final

from iso4217 import Currency

AMOUNT_MAX: Final = 10**15
"""Largest magnitude of one amount in minor units; 9 000 of them still fit a 64-bit sum."""

_NO_MONEY: Final = frozenset({"XXX", "XTS"})
_DECIMAL: Final = re.compile(r"([+-]?)(\d{1,15})(?:\.(\d{1,9}))?", re.ASCII)

EXPONENTS: Final[dict[str, int]] = {
    currency.code: currency.exponent
    for currency in Currency
    if currency.exponent is not None and currency.code not in _NO_MONEY
}
"""ISO 4217 code to number of decimals; metals, test and no-currency codes have none."""


class MoneyError(ValueError):
    """An amount or a currency that cannot be money."""


def exponent(currency: str) -> int:
    """Return the number of decimals of a currency's minor unit (JPY 0, USD 2, KWD 3).

    Raises:
        MoneyError: if the code is not an ISO 4217 currency.
    """
    try:
        return EXPONENTS[currency]
    except KeyError:
        raise MoneyError("currency is not an ISO 4217 code in capitals") from None


def minor_units(text: str, currency: str) -> int:
    """Turn a decimal string such as "19.99" into minor units, exactly.

    Trailing zeros beyond the currency's decimals are accepted ("10.000" USD is 1000); any other
    digit there is refused, never rounded.

    Raises:
        MoneyError: if the text is not a plain decimal number or has too many decimals.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None:
        raise MoneyError("amount is not a plain decimal number")
    sign, whole, fraction = match[1], match[2], match[3] or ""
    decimals = exponent(currency)
    kept, rest = fraction[:decimals], fraction[decimals:]
    if rest.strip("0"):
        raise MoneyError(f"amount has more than {decimals} decimals")
    value = int(whole + kept.ljust(decimals, "0"))
    if value > AMOUNT_MAX:
        raise MoneyError(f"amount is larger than {AMOUNT_MAX} minor units")
    return -value if sign == "-" else value


def decimal_text(amount: int, currency: str) -> str:
    """Write minor units as a plain decimal string: 1999 USD is "19.99", -5 KWD is "-0.005"."""
    decimals = exponent(currency)
    if decimals == 0:
        return str(amount)
    digits = str(abs(amount)).rjust(decimals + 1, "0")
    return f"{'-' if amount < 0 else ''}{digits[:-decimals]}.{digits[-decimals:]}"
