/** Lists refused records, the latest first. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import type { RecordsQuestion } from '../search';
import { listQuarantine as ask, type QuarantineList } from '@/lib/api';
import { LOOK_AGAIN_MS } from '@/lib/query-client';

const PAGE = 50;

export async function listRecords(
  question: RecordsQuestion,
  before: number | undefined,
  signal?: AbortSignal,
): Promise<QuarantineList> {
  const query = { ...question, before, limit: PAGE };
  return (await ask({ query, signal, throwOnError: true })).data;
}

export function recordsQuery(question: RecordsQuestion) {
  return infiniteQueryOptions({
    queryKey: ['quarantine', 'list', question],
    queryFn: ({ pageParam, signal }) => listRecords(question, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page) => page.before ?? undefined,
    refetchInterval: LOOK_AGAIN_MS,
  });
}

export function useRecords(question: RecordsQuestion) {
  return useInfiniteQuery(recordsQuery(question));
}
