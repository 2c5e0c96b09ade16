/** The revenue page. */
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useIntl } from 'react-intl';
import { useSearchChange } from '../use-search-change';
import { ErrorPanel } from '@/components/error-panel';
import { Later } from '@/components/later';
import { PageHeader } from '@/components/page-header';
import { ReportSkeleton } from '@/components/report-skeleton';
import { ExportButton } from '@/features/exports/components/export-button';
import { AsOfField } from '@/features/freshness/components/as-of-field';
import { FreshnessBadge } from '@/features/freshness/components/freshness-badge';
import { TroubleBanner } from '@/features/freshness/components/trouble-banner';
import { useRevenue } from '@/features/revenue/api/get-revenue';
import { RevenueFilters } from '@/features/revenue/components/revenue-filters';
import { RevenueReport } from '@/features/revenue/components/revenue-report';
import { revenueQuestion, type RevenueSearch } from '@/features/revenue/search';
import { timeZones, useAccount } from '@/lib/account';
import { todayIn } from '@/lib/dates';

const route = getRouteApi('/revenue');

export function RevenuePage() {
  const intl = useIntl();
  const account = useAccount();
  const search = route.useSearch();
  const change = useSearchChange<RevenueSearch>();
  const today = todayIn(timeZones(account, search.clinic));
  const question = revenueQuestion(search, today);
  const { data: latest, error, dataUpdatedAt, refetch } = useRevenue(question);
  const data = useDeferredValue(latest);
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: 'page.revenue', defaultMessage: 'Revenue' })}
        status={<FreshnessBadge meta={data?.meta} />}
        actions={
          <>
            <AsOfField value={search.as_of} today={today} onChange={(as_of) => change({ as_of })} />
            <ExportButton report="revenue" parameters={question} />
          </>
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
        <RevenueFilters search={search} question={question} onChange={change} />
        {data ? (
          <RevenueReport report={data} question={question} search={search} onChange={change} />
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void refetch()} />
        ) : (
          <ReportSkeleton />
        )}
      </Later>
    </>
  );
}
