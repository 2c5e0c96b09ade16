import { expect, it } from 'vitest';
import { paperFor } from './paper';

it.each([
  ['en-US', 'letter', 'en-US'],
  ['en', 'letter', 'en-US'],
  ['es-MX', 'letter', 'en-GB'],
  ['en-GB', 'a4', 'en-GB'],
  ['de', 'a4', 'en-GB'],
])('%s prints on %s, written as %s', (language, paper, locale) => {
  expect(paperFor(language)).toEqual({ paper, locale });
});
