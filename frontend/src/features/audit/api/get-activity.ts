/** Asks who did how much in some days. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { ActivityQuestion } from '../search';
import { type Activity, getAuditActivity } from '@/lib/api';

export async function getActivity(
  query: ActivityQuestion,
  signal?: AbortSignal,
): Promise<Activity> {
  return (await getAuditActivity({ query, signal, throwOnError: true })).data;
}

export function activityQuery(question: ActivityQuestion) {
  return queryOptions({
    queryKey: ['audit', 'activity', question],
    queryFn: ({ signal }) => getActivity(question, signal),
    placeholderData: keepPreviousData,
  });
}

export function useActivity(question: ActivityQuestion) {
  return useQuery(activityQuery(question));
}
