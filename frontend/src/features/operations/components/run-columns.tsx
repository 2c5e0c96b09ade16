/** The columns of the runs. */
import { Link } from '@mui/material';
import { FormattedMessage, type IntlShape } from 'react-intl';
import { modeWords, wordFor } from '../words';
import type { Column } from '@/components/data-table';
import { Duration } from '@/components/duration';
import { StatusChip } from '@/components/status-chip';
import type { Format } from '@/components/use-format';
import type { Run } from '@/lib/api';

export function runColumns(
  intl: IntlShape,
  format: Format,
  onOpen: (run: Run) => void,
): Column<Run>[] {
  return [
    {
      key: 'when',
      head: <FormattedMessage id="run.when" defaultMessage="Started" />,
      cell: (run) => (
        <Link component="button" type="button" variant="body2" onClick={() => onOpen(run)}>
          {format.moment(run.started_at ?? run.queued_at)}
        </Link>
      ),
      isFixed: true,
    },
    {
      key: 'status',
      head: <FormattedMessage id="run.status" defaultMessage="State" />,
      cell: (run) => <StatusChip status={run.status} />,
    },
    {
      key: 'source',
      head: <FormattedMessage id="run.source" defaultMessage="Source" />,
      cell: (run) => <bdi>{run.source}</bdi>,
      from: 'lg',
    },
    {
      key: 'mode',
      head: <FormattedMessage id="run.mode" defaultMessage="What it reads" />,
      cell: (run) => wordFor(intl, modeWords, run.mode),
      from: 'lg',
    },
    {
      key: 'by',
      head: <FormattedMessage id="run.by" defaultMessage="Started by" />,
      cell: (run) => <bdi>{run.started_by}</bdi>,
      from: 'xl',
    },
    count('read', <FormattedMessage id="run.read" defaultMessage="Read" />, format),
    count('published', <FormattedMessage id="run.published" defaultMessage="Published" />, format),
    {
      ...count(
        'unchanged',
        <FormattedMessage id="run.unchanged" defaultMessage="Unchanged" />,
        format,
      ),
      from: 'xl',
    },
    count(
      'quarantined',
      <FormattedMessage id="run.quarantined" defaultMessage="Quarantined" />,
      format,
    ),
    {
      key: 'lag',
      head: <FormattedMessage id="run.lag" defaultMessage="Lag" />,
      cell: (run) => seconds(run.lag_seconds),
      isFigure: true,
      from: 'xl',
    },
    {
      key: 'duration',
      head: <FormattedMessage id="run.duration" defaultMessage="Duration" />,
      cell: (run) => seconds(run.duration_seconds),
      isFigure: true,
      from: 'sm',
    },
  ];
}

export function seconds(value: number | null) {
  return value === null ? '–' : <Duration seconds={Math.max(0, value)} />;
}

type Counted = 'read' | 'published' | 'unchanged' | 'quarantined';

function count(key: Counted, head: Column<Run>['head'], format: Format): Column<Run> {
  return { key, head, cell: (run) => format.count(run[key]), isFigure: true, from: 'sm' };
}
