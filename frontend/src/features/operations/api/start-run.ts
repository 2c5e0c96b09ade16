/** Starts a run; the same press never starts two, because the API lets only one go on. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type RunAccepted, type RunWanted, startRun as ask } from '@/lib/api';

export async function startRun(body: RunWanted): Promise<RunAccepted> {
  return (await ask({ body, throwOnError: true })).data;
}

export function useStartRun() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: startRun,
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['runs'] }),
  });
}
