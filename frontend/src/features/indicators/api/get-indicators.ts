/** Asks for the indicators of the twelve months up to a day. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { getIndicators as ask, type GetIndicatorsData, type IndicatorsReport } from '@/lib/api';
import { LOOK_AGAIN_MS } from '@/lib/query-client';

export type IndicatorsQuestion = NonNullable<GetIndicatorsData['query']>;

export async function getIndicators(
  query: IndicatorsQuestion,
  signal?: AbortSignal,
): Promise<IndicatorsReport> {
  return (await ask({ query, signal, throwOnError: true })).data;
}

export function indicatorsQuery(question: IndicatorsQuestion) {
  return queryOptions({
    queryKey: ['indicators', question],
    queryFn: ({ signal }) => getIndicators(question, signal),
    placeholderData: keepPreviousData,
    refetchInterval: question.as_of ? false : LOOK_AGAIN_MS,
  });
}

export function useIndicators(question: IndicatorsQuestion) {
  return useQuery(indicatorsQuery(question));
}
