/** Runs over the practices' databases and imports, the latest first. */
import { Box, Button } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { useRuns } from '../api/list-runs';
import { RUN_STATUSES, type OperationsSearch } from '../search';
import { runColumns } from './run-columns';
import { Choice } from '@/components/choice';
import { DataTable } from '@/components/data-table';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { FilterBar } from '@/components/filter-bar';
import { ReportSkeleton } from '@/components/report-skeleton';
import { statusWords } from '@/components/status-chip';
import { useFormat } from '@/components/use-format';

interface RunListProps {
  status: OperationsSearch['runs'];
  onChange: (change: Partial<OperationsSearch>) => void;
}

export function RunList({ status, onChange }: RunListProps) {
  const intl = useIntl();
  return (
    <>
      <FilterBar label={intl.formatMessage({ id: 'runs.filters', defaultMessage: 'Which runs' })}>
        <Choice
          label={intl.formatMessage({ id: 'run.status', defaultMessage: 'State' })}
          none={intl.formatMessage({ id: 'any', defaultMessage: 'Any' })}
          value={status ?? ''}
          options={RUN_STATUSES.map((value) => ({
            value,
            label: intl.formatMessage(statusWords[value]),
          }))}
          onChange={(runs) => onChange({ runs })}
        />
      </FilterBar>
      <Runs status={status} onChange={onChange} />
    </>
  );
}

function Runs({ status, onChange }: RunListProps) {
  const intl = useIntl();
  const format = useFormat();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRuns({
    status,
  });
  if (!data) {
    if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
    return <ReportSkeleton />;
  }
  const runs = data.pages.flatMap((page) => page.runs);
  return (
    <>
      {error && (
        <Box sx={{ mb: 2 }}>
          <ErrorPanel error={error} />
        </Box>
      )}
      {runs.length === 0 ? (
        <NoRuns isFiltered={status !== undefined} />
      ) : (
        <DataTable
          caption={intl.formatMessage({ id: 'runs', defaultMessage: 'Runs' })}
          columns={runColumns(intl, format, (run) => onChange({ run: run.run_id }))}
          rows={runs}
          rowKey={(run) => run.run_id}
        />
      )}
      {hasNextPage && (
        <Button sx={{ mt: 2 }} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          <FormattedMessage id="runs.more" defaultMessage="Show earlier runs" />
        </Button>
      )}
    </>
  );
}

function NoRuns({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return (
      <EmptyState
        title={<FormattedMessage id="runs.none-so" defaultMessage="No run is in this state" />}
      >
        <FormattedMessage
          id="runs.none-so.why"
          defaultMessage="Choose “Any” to see every run there was."
        />
      </EmptyState>
    );
  }
  return (
    <EmptyState title={<FormattedMessage id="runs.none" defaultMessage="No runs yet" />}>
      <FormattedMessage
        id="runs.none.why"
        defaultMessage="Nothing was read from a practice’s database so far. Events that systems send by themselves arrive without runs."
      />
    </EmptyState>
  );
}
