/** The outstanding page: what is open and how old it is, the list behind it, one receivable in detail. */
import { Stack } from '@mui/material';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useDeferredValue } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { PatientLink } from '../patient-link';
import { useSearchChange } from '../use-search-change';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { Later } from '@/components/later';
import { PageHeader } from '@/components/page-header';
import { Panel } from '@/components/panel';
import { Toggle } from '@/components/toggle';
import { ReportSkeleton } from '@/components/report-skeleton';
import { useFormat } from '@/components/use-format';
import { ExportButton } from '@/features/exports/components/export-button';
import { AsOfField } from '@/features/freshness/components/as-of-field';
import { FreshnessBadge } from '@/features/freshness/components/freshness-badge';
import { TroubleBanner } from '@/features/freshness/components/trouble-banner';
import { useSummary } from '@/features/outstanding/api/get-summary';
import {
  ListFilters,
  OutstandingFilters,
} from '@/features/outstanding/components/outstanding-filters';
import { OutstandingSummary } from '@/features/outstanding/components/outstanding-summary';
import { ExceptionList } from '@/features/outstanding/components/exception-list';
import { ReceivableDrawer } from '@/features/outstanding/components/receivable-drawer';
import {
  listQuestion,
  type OutstandingSearch,
  summaryQuestion,
} from '@/features/outstanding/search';
import { timeZones, useAccount } from '@/lib/account';
import type { OutstandingSummary as Summary } from '@/lib/api';
import { todayIn } from '@/lib/dates';
import { exponentsOf } from '@/lib/money';

const route = getRouteApi('/outstanding');
const OutstandingGrid = lazy(async () => ({
  default: (await import('@/features/outstanding/components/outstanding-grid')).OutstandingGrid,
}));

export function OutstandingPage() {
  const intl = useIntl();
  const account = useAccount();
  const search = route.useSearch();
  const change = useSearchChange<OutstandingSearch>();
  const today = todayIn(timeZones(account, search.clinic));
  const { data: latest, error, dataUpdatedAt, refetch } = useSummary(summaryQuestion(search));
  const data = useDeferredValue(latest);
  const opened =
    search.invoice && search.of
      ? {
          clinic_id: search.of,
          invoice_id: search.invoice,
          basis: search.basis,
          as_of: search.as_of,
        }
      : null;
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: 'page.outstanding', defaultMessage: 'Outstanding' })}
        status={<FreshnessBadge meta={data?.meta} />}
        actions={
          <AsOfField value={search.as_of} today={today} onChange={(as_of) => change({ as_of })} />
        }
      />
      <TroubleBanner
        meta={data?.meta}
        error={error}
        shownSince={dataUpdatedAt}
        asOf={search.as_of}
        onToday={() => change({ as_of: undefined })}
      />
      <Later>
        <OutstandingFilters search={search} onChange={change} />
        {data ? (
          <Receivables summary={data} search={search} onChange={change} />
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        ) : (
          <ReportSkeleton />
        )}
      </Later>
      <ReceivableDrawer
        question={opened}
        onClose={() => change({ invoice: undefined, of: undefined })}
        patientLink={(patient) => <PatientLink patient={patient} />}
      />
    </>
  );
}

interface ReceivablesProps {
  summary: Summary;
  search: OutstandingSearch;
  onChange: (change: Partial<OutstandingSearch>) => void;
}

function Receivables({ summary, search, onChange }: ReceivablesProps) {
  const format = useFormat(summary.meta.currencies);
  const blocks = [...summary.currencies].sort((a, b) => b.outstanding.count - a.outstanding.count);
  const block = blocks.find((one) => one.currency === search.currency) ?? blocks[0];
  const currency = block?.currency ?? search.currency ?? 'USD';
  const exponent = exponentsOf(summary.meta.currencies).get(currency) ?? 2;
  const question = listQuestion(search, currency);
  return (
    <Stack spacing={2.5}>
      {block ? (
        <OutstandingSummary
          summary={block}
          meta={summary.meta}
          currencies={blocks.map((one) => one.currency)}
          search={search}
          onChange={onChange}
          format={format}
        />
      ) : (
        <NothingOpen />
      )}
      <Panel
        title={
          search.list === 'exceptions' ? (
            <FormattedMessage id="exceptions.title" defaultMessage="What does not fit together" />
          ) : (
            <FormattedMessage id="outstanding.list" defaultMessage="Receivables" />
          )
        }
        actions={
          <>
            <ListChoice search={search} onChange={onChange} />
            {search.list !== 'exceptions' && (
              <ExportButton report="outstanding" parameters={question} />
            )}
          </>
        }
      >
        {search.list === 'exceptions' ? (
          <ExceptionList
            key={`${search.clinic} ${search.as_of}`}
            question={{ clinic_id: search.clinic, as_of: search.as_of }}
          />
        ) : (
          <>
            <ListFilters search={search} exponent={exponent} onChange={onChange} />
            <Suspense fallback={<ReportSkeleton />}>
              <OutstandingGrid
                key={JSON.stringify(question)}
                question={question}
                onSort={(sort, order) => onChange({ sort, order })}
                onOpen={(row) => onChange({ invoice: row.invoice_id, of: row.clinic_id })}
              />
            </Suspense>
          </>
        )}
      </Panel>
    </Stack>
  );
}

function ListChoice({ search, onChange }: Pick<ReceivablesProps, 'search' | 'onChange'>) {
  const intl = useIntl();
  return (
    <Toggle
      label={intl.formatMessage({ id: 'outstanding.which', defaultMessage: 'List' })}
      value={search.list ?? 'receivables'}
      options={[
        {
          value: 'receivables',
          label: intl.formatMessage({ id: 'outstanding.list', defaultMessage: 'Receivables' }),
        },
        {
          value: 'exceptions',
          label: intl.formatMessage({ id: 'exceptions', defaultMessage: 'Exceptions' }),
        },
      ]}
      onChange={(list) => onChange({ list: list === 'exceptions' ? list : undefined })}
    />
  );
}

function NothingOpen() {
  return (
    <EmptyState
      title={<FormattedMessage id="outstanding.empty" defaultMessage="Nothing is open" />}
    >
      <FormattedMessage
        id="outstanding.empty.why"
        defaultMessage="No invoice of these clinics has an open balance on this day."
      />
    </EmptyState>
  );
}
