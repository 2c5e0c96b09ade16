/** Has a part of the log verified now; each press of the button verifies anew. */
import { useMutation } from '@tanstack/react-query';
import { type AuditProof, verifyAuditLog, type VerifyAuditLogData } from '@/lib/api';

export type Part = NonNullable<VerifyAuditLogData['query']>;

export async function verifyLog(query: Part): Promise<AuditProof> {
  return (await verifyAuditLog({ query, throwOnError: true })).data;
}

export function useVerification() {
  return useMutation({ mutationFn: verifyLog });
}
