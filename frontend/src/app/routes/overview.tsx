/** The first page: the few figures everybody asks for, each leading to its report. */
import { Box, Stack } from '@mui/material';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { useIntl } from 'react-intl';
import { FreshnessTile } from '../tiles/freshness-tile';
import { IndicatorTiles } from '../tiles/indicator-tiles';
import { OutstandingTile } from '../tiles/outstanding-tile';
import { PatientTile } from '../tiles/patient-tile';
import { RevenueTile } from '../tiles/revenue-tile';
import { useSearchChange } from '../use-search-change';
import { ClinicChoice } from '@/components/clinic-choice';
import { Later } from '@/components/later';
import { PageHeader } from '@/components/page-header';
import { AsOfField } from '@/features/freshness/components/as-of-field';
import { FreshnessBadge } from '@/features/freshness/components/freshness-badge';
import { TroubleBanner } from '@/features/freshness/components/trouble-banner';
import { useSummary } from '@/features/outstanding/api/get-summary';
import { may, timeZones, useAccount } from '@/lib/account';
import type { OutstandingSummary } from '@/lib/api';
import { todayIn } from '@/lib/dates';
import type { ScopeSearch } from '@/lib/search';

const route = getRouteApi('/');

export function OverviewPage() {
  const intl = useIntl();
  const account = useAccount();
  const search = route.useSearch();
  const change = useSearchChange<ScopeSearch>();
  const today = todayIn(timeZones(account, search.clinic));
  const summary = useSummary({ clinic_id: search.clinic, as_of: search.as_of });
  const data = useDeferredValue(summary.data);
  const mayRevenue = may(account, 'revenue:read');
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: 'page.overview', defaultMessage: 'Overview' })}
        status={<FreshnessBadge meta={data?.meta} />}
        actions={
          <>
            <ClinicChoice value={search.clinic} onChange={(clinic) => change({ clinic })} />
            <AsOfField value={search.as_of} today={today} onChange={(as_of) => change({ as_of })} />
          </>
        }
      />
      <TroubleBanner
        meta={data?.meta}
        error={summary.error}
        shownSince={summary.dataUpdatedAt}
        asOf={search.as_of}
        onToday={() => change({ as_of: undefined })}
      />
      <Later>
        <Stack spacing={2.5}>
          <Box sx={rowOf(420)}>
            {mayRevenue && <RevenueTile today={search.as_of ?? today} search={search} />}
            {may(account, 'outstanding:read') && (
              <OutstandingTile
                summary={data}
                error={summary.error}
                onRetry={() => void summary.refetch()}
                search={search}
              />
            )}
          </Box>
          <Box sx={rowOf(300)}>
            {mayRevenue && <IndicatorTiles search={search} order={busiestOf(data)} />}
            <FreshnessTile meta={data?.meta} />
          </Box>
          {may(account, 'history:read') && <PatientTile />}
        </Stack>
      </Later>
    </>
  );
}

/** The currencies with the most open receivables first, as the tile beside shows them. */
function busiestOf(summary: OutstandingSummary | undefined): string[] {
  return [...(summary?.currencies ?? [])]
    .sort((a, b) => b.outstanding.count - a.outstanding.count)
    .map((one) => one.currency);
}

function rowOf(least: number) {
  return {
    display: 'flex',
    flexWrap: 'wrap',
    gap: 2.5,
    '& > *': { flex: `1 1 min(${least}px, 100%)` },
  };
}
