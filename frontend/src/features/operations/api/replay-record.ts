/** Has a refused record judged again, with fields put right. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { recordQuery } from './get-record';
import { type QuarantinedRecord, replayQuarantined } from '@/lib/api';

export type Corrections = Record<string, string | number>;

export async function replayRecord(
  quarantineId: number,
  corrections: Corrections,
): Promise<QuarantinedRecord> {
  const path = { quarantine_id: quarantineId };
  return (await replayQuarantined({ path, body: { corrections }, throwOnError: true })).data;
}

export function useReplay(quarantineId: number) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (corrections: Corrections) => replayRecord(quarantineId, corrections),
    onSuccess: async (record) => {
      queryClient.setQueryData(recordQuery(quarantineId).queryKey, record);
      await queryClient.invalidateQueries({ queryKey: ['quarantine', 'list'] });
    },
  });
}
