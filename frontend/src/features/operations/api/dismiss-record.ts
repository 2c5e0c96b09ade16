/** Says that a refused record needs nothing more, and why. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { recordQuery } from './get-record';
import { type DismissalWanted, dismissQuarantined, type QuarantinedRecord } from '@/lib/api';

export type DismissalReason = DismissalWanted['reason'];

export async function dismissRecord(
  quarantineId: number,
  reason: DismissalReason,
): Promise<QuarantinedRecord> {
  const path = { quarantine_id: quarantineId };
  return (await dismissQuarantined({ path, body: { reason }, throwOnError: true })).data;
}

export function useDismiss(quarantineId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (reason: DismissalReason) => dismissRecord(quarantineId, reason),
    onSuccess: async (record) => {
      queryClient.setQueryData(recordQuery(quarantineId).queryKey, record);
      await queryClient.invalidateQueries({ queryKey: ['quarantine', 'list'] });
    },
  });
}
