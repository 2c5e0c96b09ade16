/** Asks for a PDF of what is on screen; the same key never makes two. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { exportQuery } from './get-export';
import { exportsQuery } from './list-exports';
import { createExport, type CreateExportData, type ExportStatus } from '@/lib/api';

export type ExportRequest = CreateExportData['body'];

export async function requestExport(body: ExportRequest): Promise<ExportStatus> {
  const headers = { 'Idempotency-Key': crypto.randomUUID() };
  return (await createExport({ body, headers, throwOnError: true })).data;
}

export function useRequestExport() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: requestExport,
    onSuccess: async (status) => {
      queryClient.setQueryData(exportQuery(status.export_id).queryKey, status);
      await queryClient.invalidateQueries({ queryKey: exportsQuery().queryKey });
    },
  });
}
