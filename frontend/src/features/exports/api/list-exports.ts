/** Lists one's own exports, the latest first. */
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { type ExportList, listExports as ask } from '@/lib/api';

const PAGE = 20;

export async function listExports(
  before: string | undefined,
  signal?: AbortSignal,
): Promise<ExportList> {
  return (await ask({ query: { limit: PAGE, before }, signal, throwOnError: true })).data;
}

export function exportsQuery() {
  return infiniteQueryOptions({
    queryKey: ['exports', 'list'],
    queryFn: ({ pageParam, signal }) => listExports(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.before ?? undefined,
  });
}

export function useExports() {
  return useInfiniteQuery(exportsQuery());
}
