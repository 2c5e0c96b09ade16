/** On what paper a reader prints, and how figures are written there. */
import type { ExportRequest } from './api/request-export';

type Paper = Required<Pick<ExportRequest, 'paper' | 'locale'>>;

const LOCALES: readonly Paper['locale'][] = [
  'en-AU',
  'en-CA',
  'en-GB',
  'en-IE',
  'en-IN',
  'en-NZ',
  'en-US',
  'en-ZA',
];
const ON_LETTER = new Set(['US', 'CA', 'MX', 'PH', 'CL', 'CO']);

export function paperFor(language: string): Paper {
  const region = new Intl.Locale(language).maximize().region ?? 'US';
  return {
    paper: ON_LETTER.has(region) ? 'letter' : 'a4',
    locale: LOCALES.find((one) => one === `en-${region}`) ?? (region === 'US' ? 'en-US' : 'en-GB'),
  };
}
