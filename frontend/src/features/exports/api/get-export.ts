/** Follows an export until it has ended; every answer of a ready one holds a fresh link. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type ExportStatus, getExport as ask } from '@/lib/api';

const LOOK_MS = 1_500;

export async function getExport(exportId: string, signal?: AbortSignal): Promise<ExportStatus> {
  const path = { export_id: exportId };
  return (await ask({ path, signal, throwOnError: true })).data;
}

export function isUnderWay(status: ExportStatus): boolean {
  return status.state === 'queued' || status.state === 'rendering';
}

export function exportQuery(exportId: string) {
  return queryOptions({
    queryKey: ['exports', 'one', exportId],
    queryFn: ({ signal }) => getExport(exportId, signal),
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data) ? LOOK_MS : false),
  });
}

/** Follow an export, beginning with what is known of it already. */
export function useExport(exportId: string, known?: ExportStatus) {
  return useQuery({
    ...exportQuery(exportId),
    initialData: known,
    enabled: known === undefined || isUnderWay(known),
  });
}
