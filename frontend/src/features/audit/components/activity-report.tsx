/** Who did how much; what is unusual for them stands first. */
import { Box, Chip, Typography } from '@mui/material';
import { FormattedMessage, type IntlShape, useIntl } from 'react-intl';
import { useActivity } from '../api/get-activity';
import { type ActivityQuestion } from '../search';
import { kindWords, unusualWords } from '../words';
import { type Column, DataTable } from '@/components/data-table';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { ReportSkeleton } from '@/components/report-skeleton';
import { type Format, useFormat } from '@/components/use-format';
import type { Activity, ActorActivity } from '@/lib/api';
import { role } from '@/theme/theme';

export function ActivityReport({ question }: { question: ActivityQuestion }) {
  const { data, error, refetch } = useActivity(question);
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <ReportSkeleton />;
  return <Actors activity={data} />;
}

function Actors({ activity }: { activity: Activity }) {
  const intl = useIntl();
  const format = useFormat();
  const unusual = activity.actors.filter((one) => one.unusual.length > 0).length;
  if (activity.actors.length === 0) return <NobodyActed />;
  return (
    <>
      <Typography color="textSecondary" variant="body2" sx={{ mb: 2, maxWidth: '85ch' }}>
        <FormattedMessage
          id="activity.summary"
          defaultMessage="{count, plural, one {# actor} other {# actors}} from {start} to {end} (UTC); {unusual, plural, =0 {nobody stands out} one {# stands out} other {# stand out}}. Who stands out is a hint where to look, not a verdict."
          values={{
            count: activity.actors.length,
            start: format.day(activity.start_date),
            end: format.day(activity.end_date),
            unusual,
          }}
        />
      </Typography>
      <DataTable
        caption={intl.formatMessage({ id: 'activity', defaultMessage: 'Activity' })}
        columns={actorColumns(intl, format)}
        rows={activity.actors}
        rowKey={(one) => `${one.actor_kind} ${one.actor}`}
      />
    </>
  );
}

function NobodyActed() {
  return (
    <EmptyState
      title={<FormattedMessage id="activity.none" defaultMessage="Nobody did anything" />}
    >
      <FormattedMessage
        id="activity.none.why"
        defaultMessage="No act of a person, partner system or source was recorded in these days. Counts are made when records are sealed, some seconds after the act."
      />
    </EmptyState>
  );
}

function actorColumns(intl: IntlShape, format: Format): Column<ActorActivity>[] {
  return [
    {
      key: 'who',
      head: <FormattedMessage id="audit.actor" defaultMessage="Who" />,
      cell: (one) => <bdi>{one.actor}</bdi>,
    },
    {
      key: 'kind',
      head: <FormattedMessage id="audit.kind" defaultMessage="Kind" />,
      cell: (one) => kindOf(intl, one.actor_kind),
      from: 'sm',
    },
    {
      key: 'unusual',
      head: <FormattedMessage id="activity.unusual" defaultMessage="Stands out" />,
      cell: (one) => <Unusual actor={one} />,
    },
    count('acts', <FormattedMessage id="activity.acts" defaultMessage="Acts" />, format),
    count('looks', <FormattedMessage id="activity.looks" defaultMessage="Looks" />, format),
    {
      key: 'usual',
      head: <FormattedMessage id="activity.usual" defaultMessage="Usual day" />,
      cell: (one) => (one.usual_looks === null ? '–' : format.count(one.usual_looks)),
      isFigure: true,
      from: 'md',
    },
    {
      key: 'busiest',
      head: <FormattedMessage id="activity.busiest" defaultMessage="Busiest day" />,
      cell: (one) =>
        one.busiest_day
          ? `${format.day(one.busiest_day)}: ${format.count(one.busiest_looks)}`
          : '–',
      isFigure: true,
      from: 'md',
    },
    count('patients', <FormattedMessage id="activity.shown" defaultMessage="Patients" />, format),
    count(
      'searches',
      <FormattedMessage id="activity.searches" defaultMessage="Searches" />,
      format,
    ),
    count('downloads', <FormattedMessage id="activity.files" defaultMessage="Downloads" />, format),
    count('denials', <FormattedMessage id="activity.denials" defaultMessage="Refused" />, format),
    count('failures', <FormattedMessage id="activity.failures" defaultMessage="Failed" />, format),
  ];
}

type Counted = 'acts' | 'looks' | 'patients' | 'searches' | 'downloads' | 'denials' | 'failures';

function count(key: Counted, head: Column<ActorActivity>['head'], format: Format) {
  const cell = (one: ActorActivity) => format.count(one[key]);
  return { key, head, cell, isFigure: true, from: 'sm' } satisfies Column<ActorActivity>;
}

function kindOf(intl: IntlShape, kind: string): string {
  const known = Object.entries(kindWords).find(([name]) => name === kind)?.[1];
  return known ? intl.formatMessage(known) : kind;
}

function Unusual({ actor }: { actor: ActorActivity }) {
  const intl = useIntl();
  if (actor.unusual.length === 0) return '–';
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {actor.unusual.map((one) => (
        <Chip
          key={one}
          size="small"
          label={intl.formatMessage(unusualWords[one])}
          sx={{
            color: role('cautionText'),
            backgroundColor: role('cautionTint'),
            borderRadius: 1.5,
            '@media (forced-colors: active)': { border: '1px solid CanvasText' },
          }}
        />
      ))}
    </Box>
  );
}
