/** Writes money, days and counts in the reader's locale. */
import { useMemo } from 'react';
import { useIntl } from 'react-intl';
import type { Meta } from '@/lib/api';
import { dayFormat, type Day } from '@/lib/dates';
import { dateTimeFormat, numberFormat } from '@/lib/formats';
import { exponentsOf, type MoneyFormat, moneyFormat } from '@/lib/money';

export interface Format {
  money: (currency: string) => MoneyFormat;
  day: (day: Day) => string;
  count: (value: number) => string;
  /** A decimal number as the API writes it. */
  decimal: (value: string) => string;
  percent: (share: number) => string;
  moment: (instant: string | number) => string;
}

export function useFormat(currencies: Meta['currencies'] = []): Format {
  const { locale } = useIntl();
  return useMemo(() => {
    const exponents = exponentsOf(currencies);
    const written = new Map<string, MoneyFormat>();
    const numbers = numberFormat(locale);
    const percent = numberFormat(locale, {
      style: 'percent',
      maximumFractionDigits: 1,
      signDisplay: 'auto',
    });
    const moments = dateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
    return {
      money: (currency) => {
        const known = written.get(currency);
        if (known) return known;
        const made = moneyFormat(locale, currency, exponents.get(currency) ?? 2);
        written.set(currency, made);
        return made;
      },
      day: dayFormat(locale, { month: 'short', day: 'numeric', year: 'numeric' }),
      count: (value) => numbers.format(value),
      decimal: (value) => numbers.format(value as `${number}`),
      percent: (share) => percent.format(share),
      moment: (instant) => moments.format(new Date(instant)),
    };
  }, [currencies, locale]);
}
