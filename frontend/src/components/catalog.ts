/** The catalog of metric definitions, read once: what every defined term shows besides its plain words. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { listMetrics, type Metric } from '@/lib/api';

export async function getCatalog(signal?: AbortSignal): Promise<Metric[]> {
  return (await listMetrics({ signal, throwOnError: true })).data.metrics;
}

export function catalogQuery() {
  return queryOptions({
    queryKey: ['catalog'],
    queryFn: ({ signal }) => getCatalog(signal),
    staleTime: Infinity,
  });
}

/** One definition; undefined while the catalog is not there, which the plain words outlive. */
export function useMetric(id: string | undefined): Metric | undefined {
  const { data } = useQuery({ ...catalogQuery(), enabled: id !== undefined });
  return data?.find((metric) => metric.id === id);
}
