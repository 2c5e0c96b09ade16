/** Reads what is in the address; what makes no sense there is left out, never an error. */
import { type Day, isDay } from './dates';

type Search = Record<string, unknown>;

export function oneOf<T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find((choice) => choice === value);
}

export function day(value: unknown): Day | undefined {
  return isDay(value) ? value : undefined;
}

/** A text of the address, of a sensible length. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= 200 ? value : undefined;
}

export function integer(value: unknown): number | undefined {
  return /^-?\d{1,15}$/.test(String(value)) ? Number(value) : undefined;
}

/** What every report's address can hold: they stay when one goes from report to report. */
export interface ScopeSearch {
  clinic?: string;
  as_of?: Day;
}

export function scopeSearch(search: Search): ScopeSearch {
  return { clinic: text(search.clinic), as_of: day(search.as_of) };
}

/** Write an address: plain values as they are, so that links stay readable. */
export function stringifySearch(search: Search): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (typeof value === 'string' || typeof value === 'number') parameters.set(name, String(value));
  }
  const written = parameters.toString();
  return written ? `?${written}` : '';
}

export function parseSearch(written: string): Search {
  return Object.fromEntries(new URLSearchParams(written));
}
