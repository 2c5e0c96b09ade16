/** Asks for revenue; while a new answer is on its way the old one stays on screen. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { RevenueQuestion } from '../search';
import { getRevenue as ask, type RevenueReport } from '@/lib/api';
import { onScreen } from '@/lib/on-screen';
import { LOOK_AGAIN_MS } from '@/lib/query-client';

export async function getRevenue(
  query: RevenueQuestion,
  signal?: AbortSignal,
): Promise<RevenueReport> {
  return onScreen((await ask({ query, signal, throwOnError: true })).data);
}

export function revenueQuery(question: RevenueQuestion) {
  return queryOptions({
    queryKey: ['revenue', question],
    queryFn: ({ signal }) => getRevenue(question, signal),
    placeholderData: keepPreviousData,
    refetchInterval: question.as_of ? false : LOOK_AGAIN_MS,
  });
}

export function useRevenue(question: RevenueQuestion) {
  return useQuery(revenueQuery(question));
}
