/** Money as integers of minor units: written out exactly, never through a floating division. */
import type { CurrencyUnit } from './api';
import { numberFormat } from './formats';

export type Exponents = ReadonlyMap<string, number>;

export function exponentsOf(currencies: readonly CurrencyUnit[]): Exponents {
  return new Map(currencies.map(({ currency, exponent }) => [currency, exponent]));
}

/** Minor units as a plain decimal string: 1999 with exponent 2 is "19.99". */
export function decimalText(amount: number, exponent: number): string {
  const digits = BigInt(Math.abs(amount))
    .toString()
    .padStart(exponent + 1, '0');
  const sign = amount < 0 ? '-' : '';
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

export interface MoneyFormat {
  /** In full: $1,234.56 */
  full: (amount: number) => string;
  /** For axes and tight places: $1.2K */
  short: (amount: number) => string;
}

/** Writers for amounts of one currency, in a locale. */
export function moneyFormat(locale: string, currency: string, exponent: number): MoneyFormat {
  const digits = { minimumFractionDigits: exponent, maximumFractionDigits: exponent };
  const full = numberFormat(locale, { style: 'currency', currency, ...digits });
  const short = numberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    maximumFractionDigits: 1,
    minimumFractionDigits: 0,
  });
  // Intl takes decimal strings exactly; only the types lag behind.
  const exact = (amount: number) => decimalText(amount, exponent) as `${number}`;
  return {
    full: (amount) => full.format(exact(amount)),
    short: (amount) => short.format(exact(amount)),
  };
}

/** Turn what a person typed ("1,234.5") into minor units; null if it is no such amount. */
export function parseAmount(text: string, exponent: number): number | null {
  const match = /^(-?)(\d{1,12})(?:[.](\d+))?$/.exec(text.replace(/[\s,]/g, ''));
  if (!match) return null;
  const fraction = match[3] ?? '';
  if (fraction.length > exponent) return null;
  const value = Number((match[2] ?? '') + fraction.padEnd(exponent, '0'));
  return match[1] ? -value : value;
}
