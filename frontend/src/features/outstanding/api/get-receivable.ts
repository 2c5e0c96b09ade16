/** Asks for one receivable with everything that happened to it. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getReceivable as ask, type GetReceivableData, type ReceivableDetail } from '@/lib/api';

export type ReceivableQuestion = GetReceivableData['query'];

export async function getReceivable(
  query: ReceivableQuestion,
  signal?: AbortSignal,
): Promise<ReceivableDetail> {
  return (await ask({ query, signal, throwOnError: true })).data;
}

export function receivableQuery(question: ReceivableQuestion) {
  return queryOptions({
    queryKey: ['outstanding', 'detail', question],
    queryFn: ({ signal }) => getReceivable(question, signal),
  });
}

export function useReceivable(question: ReceivableQuestion) {
  return useQuery(receivableQuery(question));
}
