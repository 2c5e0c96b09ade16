/** Reads a patient's history to its end, page after page at one and the same watermark. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { HistoryQuestion } from '../search';
import { getPatientHistory as ask, type HistoryEntry, type HistoryReport } from '@/lib/api';
import { onScreen } from '@/lib/on-screen';
import { LOOK_AGAIN_MS } from '@/lib/query-client';

const PAGE = 1000;
export const ROWS_MAX = 20_000;

/** A whole history; `isCut` if there is more than a screen should hold. */
export interface WholeHistory extends Omit<HistoryReport, 'page'> {
  isCut: boolean;
}

export async function getPaymentHistory(
  patient: string,
  question: HistoryQuestion,
  signal?: AbortSignal,
): Promise<WholeHistory> {
  const path = { patient_id: patient };
  const entries: HistoryEntry[] = [];
  let cursor: string | undefined;
  for (;;) {
    const query = { ...question, limit: PAGE, cursor };
    const { data } = await ask({ path, query, signal, throwOnError: true });
    const { page, ...report } = onScreen(data);
    entries.push(...report.entries);
    if (!page.next || entries.length >= ROWS_MAX) {
      return { ...report, entries, isCut: page.next !== null };
    }
    cursor = page.next;
  }
}

export function paymentHistoryQuery(patient: string, question: HistoryQuestion) {
  return queryOptions({
    queryKey: ['payment-history', patient, question],
    queryFn: ({ signal }) => getPaymentHistory(patient, question, signal),
    placeholderData: (before, query) => (query?.queryKey[1] === patient ? before : undefined),
    refetchInterval: question.as_of ? false : LOOK_AGAIN_MS,
  });
}

export function usePaymentHistory(patient: string, question: HistoryQuestion) {
  return useQuery(paymentHistoryQuery(patient, question));
}
