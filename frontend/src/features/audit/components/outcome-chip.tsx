/** How an audited act ended. */
import { OUTCOMES } from '../search';
import { StatusChip } from '@/components/status-chip';

export function OutcomeChip({ outcome }: { outcome: string }) {
  const known = OUTCOMES.find((one) => one === outcome);
  return known ? <StatusChip status={known} /> : outcome;
}
