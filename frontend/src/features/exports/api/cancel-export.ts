/** Stops an export nobody wants any more. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelExport as ask } from '@/lib/api';

export async function cancelExport(exportId: string): Promise<void> {
  await ask({ path: { export_id: exportId }, throwOnError: true });
}

export function useCancelExport(exportId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => cancelExport(exportId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['exports'] }),
  });
}
