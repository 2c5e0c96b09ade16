/** The operations page: how fresh the reports are, the runs that feed them, and what was refused. */
import { Stack } from '@mui/material';
import { getRouteApi } from '@tanstack/react-router';
import { FormattedMessage, useIntl } from 'react-intl';
import { useSearchChange } from '../use-search-change';
import { ErrorPanel } from '@/components/error-panel';
import { PageHeader } from '@/components/page-header';
import { Panel } from '@/components/panel';
import { FreshnessBadge } from '@/features/freshness/components/freshness-badge';
import { TroubleBanner } from '@/features/freshness/components/trouble-banner';
import { FreshnessPanel } from '@/features/operations/components/freshness-panel';
import { RecordDrawer } from '@/features/operations/components/record-drawer';
import { RecordList } from '@/features/operations/components/record-list';
import { RunDrawer } from '@/features/operations/components/run-drawer';
import { RunList } from '@/features/operations/components/run-list';
import { StartRunButton } from '@/features/operations/components/start-run';
import type { OperationsSearch } from '@/features/operations/search';
import { useSummary } from '@/features/outstanding/api/get-summary';

const route = getRouteApi('/operations');

export function OperationsPage() {
  const intl = useIntl();
  const search = route.useSearch();
  const change = useSearchChange<OperationsSearch>();
  // The receivables of today are asked for what comes with every report: how fresh it is.
  const { data, error, dataUpdatedAt, refetch } = useSummary({});
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: 'page.operations', defaultMessage: 'Operations' })}
        status={<FreshnessBadge meta={data?.meta} />}
        actions={<StartRunButton onStarted={(run) => change({ run })} />}
      />
      <TroubleBanner
        meta={data?.meta}
        error={error}
        shownSince={dataUpdatedAt}
        asOf={undefined}
        onToday={() => undefined}
      />
      <Stack spacing={2.5}>
        {!data && error ? (
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        ) : (
          <FreshnessPanel meta={data?.meta} />
        )}
        <Panel title={<FormattedMessage id="runs" defaultMessage="Runs" />}>
          <RunList status={search.runs} onChange={change} />
        </Panel>
        <Panel title={<FormattedMessage id="records" defaultMessage="Quarantined records" />}>
          <RecordList search={search} onChange={change} />
        </Panel>
      </Stack>
      <RunDrawer runId={search.run} onClose={() => change({ run: undefined })} />
      <RecordDrawer quarantineId={search.record} onClose={() => change({ record: undefined })} />
    </>
  );
}
