/** Asks for a PDF of what is on screen; the same key never makes two. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { remember } from '../known-exports';
import { exportQuery } from './get-export';
import { createExport, type ExportRequest, type ExportStatus } from '@/lib/api';

export async function requestExport(body: ExportRequest): Promise<ExportStatus> {
  const headers = { 'Idempotency-Key': crypto.randomUUID() };
  return (await createExport({ body, headers, throwOnError: true })).data;
}

export function useRequestExport(owner: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: requestExport,
    onSuccess: (status) => {
      remember(owner, status.export_id);
      queryClient.setQueryData(exportQuery(status.export_id).queryKey, status);
    },
  });
}
