/** The first page: the few figures everybody asks for, each leading to its report. */
import { Box, Stack } from '@mui/material';
import { getRouteApi } from '@tanstack/react-router';
import { useIntl } from 'react-intl';
import { OutstandingTile } from '../tiles/outstanding-tile';
import { PatientTile } from '../tiles/patient-tile';
import { RevenueTile } from '../tiles/revenue-tile';
import { PageHeader } from '@/components/page-header';
import { FreshnessBadge } from '@/features/freshness/components/freshness-badge';
import { useSummary } from '@/features/outstanding/api/get-summary';
import { may, timeZones, useAccount } from '@/lib/account';
import { todayIn } from '@/lib/dates';

const route = getRouteApi('/');

export function OverviewPage() {
  const intl = useIntl();
  const account = useAccount();
  const search = route.useSearch();
  const today = search.as_of ?? todayIn(timeZones(account, search.clinic));
  const summary = useSummary({ clinic_id: search.clinic, as_of: search.as_of });
  return (
    <>
      <PageHeader
        title={intl.formatMessage({ id: 'page.overview', defaultMessage: 'Overview' })}
        status={<FreshnessBadge meta={summary.data?.meta} />}
      />
      <Stack spacing={2.5}>
        <Box
          sx={{
            display: 'grid',
            gap: 2.5,
            gridTemplateColumns: 'repeat(auto-fit, minmax(min(420px, 100%), 1fr))',
            alignItems: 'stretch',
          }}
        >
          {may(account, 'revenue:read') && <RevenueTile today={today} search={search} />}
          {may(account, 'outstanding:read') && <OutstandingTile summary={summary} />}
        </Box>
        {may(account, 'history:read') && <PatientTile />}
      </Stack>
    </>
  );
}
