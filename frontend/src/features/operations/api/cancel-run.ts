/** Asks a run to stop after the chunk it is at. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { cancelRun as ask, type Run } from '@/lib/api';

export async function cancelRun(runId: string): Promise<Run> {
  return (await ask({ path: { run_id: runId }, throwOnError: true })).data;
}

export function useCancelRun(runId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => cancelRun(runId),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['runs'] }),
  });
}
