/** Asks for one page of receivables; the cursor keeps day and watermark from page to page. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { ListQuestion } from '../search';
import { listOutstanding, type OutstandingReport } from '@/lib/api';
import { onScreen } from '@/lib/on-screen';

export const PAGE_ROWS = 100;

export async function getOutstanding(
  question: ListQuestion,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<OutstandingReport> {
  const query = { ...question, cursor, limit: PAGE_ROWS };
  return onScreen((await listOutstanding({ query, signal, throwOnError: true })).data);
}

export function outstandingQuery(question: ListQuestion, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['outstanding', 'list', question, cursor],
    queryFn: ({ signal }) => getOutstanding(question, cursor, signal),
    placeholderData: keepPreviousData,
  });
}

export function useOutstanding(question: ListQuestion, cursor: string | undefined) {
  return useQuery(outstandingQuery(question, cursor));
}
