/** Lists runs over the sources, the latest first; looks again soon while one of them goes on. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { isUnderWay, LOOK_MS } from './get-run';
import type { RunsQuestion } from '../search';
import { listRuns as ask, type RunList } from '@/lib/api';
import { LOOK_AGAIN_MS } from '@/lib/query-client';

const PAGE = 20;

export async function listRuns(
  question: RunsQuestion,
  before: string | undefined,
  signal?: AbortSignal,
): Promise<RunList> {
  const query = { ...question, before, limit: PAGE };
  return (await ask({ query, signal, throwOnError: true })).data;
}

export function runsQuery(question: RunsQuestion) {
  return infiniteQueryOptions({
    queryKey: ['runs', 'list', question],
    queryFn: ({ pageParam, signal }) => listRuns(question, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.before ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.runs.some(isUnderWay) ? LOOK_MS : LOOK_AGAIN_MS,
  });
}

export function useRuns(question: RunsQuestion) {
  return useInfiniteQuery(runsQuery(question));
}
