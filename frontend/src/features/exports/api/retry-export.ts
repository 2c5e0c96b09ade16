/** Has an export made again that failed, or whose document is gone. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ExportStatus, retryExport as ask } from '@/lib/api';

export async function retryExport(exportId: string): Promise<ExportStatus> {
  const path = { export_id: exportId };
  const headers = { 'Idempotency-Key': crypto.randomUUID() };
  return (await ask({ path, headers, throwOnError: true })).data;
}

export function useRetryExport(exportId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => retryExport(exportId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['exports'] }),
  });
}
