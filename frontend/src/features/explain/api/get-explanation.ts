/** Asks for one page of the entries behind a figure; the cursor keeps day and watermark. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { explainFigure, type Explanation } from '@/lib/api';
import type { FigureQuestion } from '@/lib/figures';

export const ENTRY_ROWS = 50;

export async function getExplanation(
  question: FigureQuestion,
  cursor: string | undefined,
  signal?: AbortSignal,
): Promise<Explanation> {
  const query = { ...question, cursor, limit: ENTRY_ROWS };
  return (await explainFigure({ query, signal, throwOnError: true })).data;
}

export function explanationQuery(question: FigureQuestion, cursor: string | undefined) {
  return queryOptions({
    queryKey: ['explain', question, cursor],
    queryFn: ({ signal }) => getExplanation(question, cursor, signal),
    // One page after another of the same figure; another figure begins empty.
    placeholderData: (before, query) =>
      JSON.stringify(query?.queryKey[1]) === JSON.stringify(question) ? before : undefined,
  });
}

export function useExplanation(question: FigureQuestion, cursor: string | undefined) {
  return useQuery(explanationQuery(question, cursor));
}
