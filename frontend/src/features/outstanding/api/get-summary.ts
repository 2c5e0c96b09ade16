/** Asks for what is open, by aging bucket and currency. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { SummaryQuestion } from '../search';
import { type OutstandingSummary, summarizeOutstanding } from '@/lib/api';
import { LOOK_AGAIN_MS } from '@/lib/query-client';

export async function getSummary(
  query: SummaryQuestion,
  signal?: AbortSignal,
): Promise<OutstandingSummary> {
  return (await summarizeOutstanding({ query, signal, throwOnError: true })).data;
}

export function summaryQuery(question: SummaryQuestion) {
  return queryOptions({
    queryKey: ['outstanding', 'summary', question],
    queryFn: ({ signal }) => getSummary(question, signal),
    placeholderData: keepPreviousData,
    refetchInterval: question.as_of ? false : LOOK_AGAIN_MS,
  });
}

export function useSummary(question: SummaryQuestion) {
  return useQuery(summaryQuery(question));
}
