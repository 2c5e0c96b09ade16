/** A status as a word in a tinted shape; the word says it all, the color only helps. */
import { styled } from '@mui/material/styles';
import { defineMessages, useIntl } from 'react-intl';
import { role } from '@/theme/theme';

const words = defineMessages({
  paid: { id: 'status.paid', defaultMessage: 'Paid' },
  pending: { id: 'status.pending', defaultMessage: 'Pending' },
  failed: { id: 'status.failed', defaultMessage: 'Failed' },
  refunded: { id: 'status.refunded', defaultMessage: 'Refunded' },
  current: { id: 'status.current', defaultMessage: 'Current' },
  overdue: { id: 'status.overdue', defaultMessage: 'Overdue' },
  collection: { id: 'status.collection', defaultMessage: 'In collections' },
  written_off: { id: 'status.written_off', defaultMessage: 'Written off' },
  voided: { id: 'status.voided', defaultMessage: 'Voided' },
  credit: { id: 'status.credit', defaultMessage: 'Credit' },
  disputed: { id: 'status.disputed', defaultMessage: 'Disputed' },
  partially_refunded: { id: 'status.partially_refunded', defaultMessage: 'Partly refunded' },
  queued: { id: 'status.queued', defaultMessage: 'Queued' },
  rendering: { id: 'status.rendering', defaultMessage: 'Rendering' },
  ready: { id: 'status.ready', defaultMessage: 'Ready' },
  canceled: { id: 'status.canceled', defaultMessage: 'Canceled' },
  expired: { id: 'status.expired', defaultMessage: 'Expired' },
  running: { id: 'status.running', defaultMessage: 'Running' },
  completed: { id: 'status.completed', defaultMessage: 'Completed' },
  stopped: { id: 'status.stopped', defaultMessage: 'Stopped' },
  open: { id: 'status.open', defaultMessage: 'Open' },
  replayed: { id: 'status.replayed', defaultMessage: 'Replayed' },
  dismissed: { id: 'status.dismissed', defaultMessage: 'Dismissed' },
  success: { id: 'status.success', defaultMessage: 'Done' },
  denied: { id: 'status.denied', defaultMessage: 'Refused' },
  failure: { id: 'status.failure', defaultMessage: 'Did not succeed' },
});

export type Status = keyof typeof words;
export const statusWords = words;

type Tone = 'positive' | 'caution' | 'danger' | 'accent' | 'quiet';

const tones: Record<Status, Tone> = {
  paid: 'positive',
  ready: 'positive',
  current: 'accent',
  rendering: 'accent',
  expired: 'quiet',
  queued: 'accent',
  credit: 'accent',
  pending: 'caution',
  overdue: 'caution',
  disputed: 'caution',
  refunded: 'quiet',
  partially_refunded: 'quiet',
  written_off: 'quiet',
  voided: 'quiet',
  canceled: 'quiet',
  running: 'accent',
  completed: 'positive',
  stopped: 'quiet',
  open: 'caution',
  replayed: 'positive',
  dismissed: 'quiet',
  success: 'positive',
  denied: 'caution',
  failure: 'danger',
  failed: 'danger',
  collection: 'danger',
};

const colors: Record<Tone, { color: string; backgroundColor: string }> = {
  positive: { color: role('positiveText'), backgroundColor: role('positiveTint') },
  caution: { color: role('cautionText'), backgroundColor: role('cautionTint') },
  danger: { color: role('dangerText'), backgroundColor: role('dangerTint') },
  accent: { color: role('accentText'), backgroundColor: role('accentTint') },
  quiet: { color: role('textQuiet'), backgroundColor: role('sunken') },
};

export function StatusChip({ status }: { status: Status }) {
  const intl = useIntl();
  return (
    <Tinted className="status-chip" style={colors[tones[status]]}>
      {intl.formatMessage(words[status])}
    </Tinted>
  );
}

// Of these there are hundreds on a page; what differs between them is two colors.
const Tinted = styled('span')({
  display: 'inline-block',
  maxWidth: '100%',
  padding: '0 8px',
  borderRadius: 12,
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
  verticalAlign: 'middle',
  fontSize: '0.8125rem',
  fontWeight: 550,
  lineHeight: '24px',
  '@media (forced-colors: active)': { border: '1px solid CanvasText' },
});
