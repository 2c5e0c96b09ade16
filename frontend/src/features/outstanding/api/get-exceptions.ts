/** Asks for one page of facts that do not fit together. */
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { type ExceptionsReport, listExceptions, type ListExceptionsData } from '@/lib/api';

export const EXCEPTION_ROWS = 50;
export type ExceptionsQuestion = Omit<NonNullable<ListExceptionsData['query']>, 'cursor' | 'limit'>;

export async function getExceptions(
  question: ExceptionsQuestion,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<ExceptionsReport> {
  const query = { ...question, cursor, limit: EXCEPTION_ROWS };
  return (await listExceptions({ query, signal, throwOnError: true })).data;
}

export function exceptionsQuery(question: ExceptionsQuestion, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['outstanding', 'exceptions', question, cursor],
    queryFn: ({ signal }) => getExceptions(question, cursor, signal),
    placeholderData: keepPreviousData,
  });
}

export function useExceptions(question: ExceptionsQuestion, cursor: string | undefined) {
  return useQuery(exceptionsQuery(question, cursor));
}
