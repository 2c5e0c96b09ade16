/** Follows one run until it has ended and was held against the reports. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getRun as ask, type Run } from '@/lib/api';

export const LOOK_MS = 2_000;

export async function getRun(runId: string, signal?: AbortSignal): Promise<Run> {
  return (await ask({ path: { run_id: runId }, signal, throwOnError: true })).data;
}

export function isUnderWay(run: Run): boolean {
  return run.status === 'queued' || run.status === 'running';
}

export function runQuery(runId: string) {
  return queryOptions({
    queryKey: ['runs', 'one', runId],
    queryFn: ({ signal }) => getRun(runId, signal),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_MS : false),
  });
}

export function useRun(runId: string) {
  return useQuery(runQuery(runId));
}
