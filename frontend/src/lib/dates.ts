/** Calendar dates as YYYY-MM-DD text: a day of a clinic has no time and no zone. */
import { dateTimeFormat } from './formats';

export type Day = string;
export type Granularity = 'day' | 'week' | 'month' | 'quarter' | 'year';

const DAY_MS = 86_400_000;
const PATTERN = /^\d{4}-\d{2}-\d{2}$/;

const at = (day: Day): number => Date.parse(`${day}T00:00:00Z`);
const from = (instant: number): Day => new Date(instant).toISOString().slice(0, 10);

/** Tell whether a text is a day that exists. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !PATTERN.test(text)) return false;
  const instant = at(text);
  return !Number.isNaN(instant) && from(instant) === text;
}

export function addDays(day: Day, days: number): Day {
  return from(at(day) + days * DAY_MS);
}

/** The number of days from one day to another; 0 for the same. */
export function daysBetween(start: Day, end: Day): number {
  return Math.round((at(end) - at(start)) / DAY_MS);
}

export function addMonths(day: Day, months: number): Day {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return from(Date.UTC(year, month - 1 + months, 1));
}

export function startOf(granularity: Exclude<Granularity, 'day' | 'week'>, day: Day): Day {
  if (granularity === 'year') return `${day.slice(0, 4)}-01-01`;
  if (granularity === 'month') return `${day.slice(0, 7)}-01`;
  const month = Math.floor((Number(day.slice(5, 7)) - 1) / 3) * 3 + 1;
  return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
}

/** The last day of a period, by the first day it is labeled with. */
export function periodEnd(granularity: Granularity, label: Day): Day {
  if (granularity === 'day') return label;
  if (granularity === 'week') return addDays(label, 6);
  const months = { month: 1, quarter: 3, year: 12 }[granularity];
  return addDays(addMonths(label, months), -1);
}

/** Today where the clinics are; of several zones the latest today, as the API counts. */
export function todayIn(zones: readonly string[], now: Date = new Date()): Day {
  const days = zones.map((timeZone) =>
    dateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now),
  );
  return days.sort().at(-1) ?? from(now.getTime());
}

/** A day written for people; formatted in UTC, because that is how it is parsed here. */
export function dayFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (day: Day) => string {
  const format = dateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  return (day) => format.format(at(day));
}

/** How periods are labeled where there is little room and all of them are of one year. */
export function shortPeriodFormat(
  locale: string,
  granularity: Granularity,
  labels: readonly Day[],
): (day: Day) => string {
  const isOneYear = labels.at(0)?.slice(0, 4) === labels.at(-1)?.slice(0, 4);
  if (!isOneYear || granularity === 'quarter' || granularity === 'year') {
    return periodFormat(locale, granularity);
  }
  return dayFormat(
    locale,
    granularity === 'month' ? { month: 'short' } : { month: 'short', day: 'numeric' },
  );
}

/** How periods are labeled in tables and sentences. */
export function periodFormat(locale: string, granularity: Granularity): (day: Day) => string {
  if (granularity === 'quarter') {
    return (day) => `Q${Math.floor((Number(day.slice(5, 7)) - 1) / 3) + 1} ${day.slice(0, 4)}`;
  }
  if (granularity === 'year') return (day) => day.slice(0, 4);
  if (granularity === 'month') return dayFormat(locale, { month: 'short', year: 'numeric' });
  return dayFormat(locale, { month: 'short', day: 'numeric', year: 'numeric' });
}
