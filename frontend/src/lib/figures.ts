/** Which figures can be opened down to the ledger, by whom, and how an address names one. */
import { type Permission, may } from './account';
import type { Account, ExplainFigureData } from './api';

export type FigureQuestion = Omit<ExplainFigureData['query'], 'cursor' | 'limit' | 'days'>;
export type Metric = FigureQuestion['metric'];
export type Component = NonNullable<FigureQuestion['component']>;

const OF_RECEIVABLES: readonly Metric[] = [
  'outstanding',
  'overpaid',
  'unapplied_credits',
  'deficits',
  'receivable_balance',
  'patient_balance',
];

/** The amounts an indicator is made of, the one explained first in front. */
export const COMPONENTS: Partial<Record<Metric, readonly Component[]>> = {
  net_collection_rate: ['landed', 'charges'],
  gross_collection_rate: ['landed', 'charges'],
  days_in_ar: ['outstanding', 'charges'],
  aged_ar_rate: ['over_90', 'outstanding'],
};

export function mayExplain(account: Account, metric: Metric): boolean {
  const needed: Permission[] = ['revenue:read'];
  if (OF_RECEIVABLES.includes(metric)) needed.push('outstanding:read');
  if (metric === 'patient_balance') needed.push('history:read');
  return needed.every((permission) => may(account, permission));
}

const PARAMETERS = [
  'metric',
  'currency',
  'component',
  'start_date',
  'end_date',
  'clinic_id',
  'method',
  'payer_type',
  'category',
  'provider',
  'basis',
  'bucket',
  'patient_id',
  'invoice_id',
  'as_of',
  'watermark',
] as const satisfies readonly (keyof FigureQuestion)[];

const LENGTH_MAX = 5_000;

/** Write a question as one parameter of an address. */
export function writeQuestion(question: FigureQuestion): string {
  const written = new URLSearchParams();
  for (const name of PARAMETERS) {
    const value = question[name];
    if (value) written.set(name, value);
  }
  return written.toString();
}

/** Read a question out of an address; what its values mean the API decides, and says so. */
export function readQuestion(written: unknown): FigureQuestion | undefined {
  if (typeof written !== 'string' || written.length > LENGTH_MAX) return undefined;
  const given = new URLSearchParams(written);
  const known = PARAMETERS.flatMap((name) => {
    const value = given.get(name);
    return value ? [[name, value]] : [];
  });
  const question = Object.fromEntries(known) as Partial<FigureQuestion>;
  return question.metric && question.currency ? (question as FigureQuestion) : undefined;
}
