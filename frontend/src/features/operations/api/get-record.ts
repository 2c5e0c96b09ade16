/** Asks for what is kept of one refused record. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getQuarantined, type QuarantinedRecord } from '@/lib/api';

export async function getRecord(
  quarantineId: number,
  signal?: AbortSignal,
): Promise<QuarantinedRecord> {
  const path = { quarantine_id: quarantineId };
  return (await getQuarantined({ path, signal, throwOnError: true })).data;
}

export function recordQuery(quarantineId: number) {
  return queryOptions({
    queryKey: ['quarantine', 'one', quarantineId],
    queryFn: ({ signal }) => getRecord(quarantineId, signal),
  });
}

export function useRecord(quarantineId: number) {
  return useQuery(recordQuery(quarantineId));
}
