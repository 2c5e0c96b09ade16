/** Writers of numbers and moments: slow to make, and the same ones are wanted again, so each is made once. */

const numbers = new Map<string, Intl.NumberFormat>();
const moments = new Map<string, Intl.DateTimeFormat>();

export function numberFormat(
  locale: string,
  options: Intl.NumberFormatOptions = {},
): Intl.NumberFormat {
  return madeOnce(numbers, [locale, options], () => new Intl.NumberFormat(locale, options));
}

export function dateTimeFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  return madeOnce(moments, [locale, options], () => new Intl.DateTimeFormat(locale, options));
}

function madeOnce<T>(made: Map<string, T>, wanted: unknown, make: () => T): T {
  const name = JSON.stringify(wanted);
  const known = made.get(name);
  if (known) return known;
  const fresh = make();
  made.set(name, fresh);
  return fresh;
}
