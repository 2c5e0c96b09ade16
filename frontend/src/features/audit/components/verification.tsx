/** Verifies a part of the log on request, and says how it stands. */
import { Box, Button, Typography } from '@mui/material';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useVerification } from '../api/verify-log';
import { ProofReport } from './proof-report';
import { Choice } from '@/components/choice';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { FilterBar } from '@/components/filter-bar';
import { ReportSkeleton } from '@/components/report-skeleton';
import { TypedFilter } from '@/components/typed-filter';

const LIMITS = ['1000', '10000', '50000'] as const;

export function Verification() {
  const intl = useIntl();
  const [limit, setLimit] = useState<(typeof LIMITS)[number]>('10000');
  const [from, setFrom] = useState<number>();
  const verification = useVerification();
  return (
    <>
      <Typography variant="body2" color="textSecondary" sx={{ mb: 2, maxWidth: '85ch' }}>
        <FormattedMessage
          id="verification.what"
          defaultMessage="Every record is chained to the one before and signed at checkpoints, also outside the database. Verifying walks along the chain and compares: a record that was changed, removed or put in breaks it."
        />
      </Typography>
      <FilterBar
        label={intl.formatMessage({ id: 'verification.part', defaultMessage: 'Which part' })}
      >
        <TypedFilter
          label={intl.formatMessage({ id: 'verification.from', defaultMessage: 'From record' })}
          value={from === undefined ? undefined : String(from)}
          read={(text) => (/^[1-9]\d{0,14}$/.test(text) ? Number(text) : null)}
          onChange={setFrom}
        />
        <Choice
          label={intl.formatMessage({ id: 'verification.limit', defaultMessage: 'Records' })}
          value={limit}
          options={LIMITS.map((value) => ({ value, label: intl.formatNumber(Number(value)) }))}
          onChange={(chosen) => chosen && setLimit(chosen)}
        />
        <Button
          variant="contained"
          startIcon={<ShieldCheck size={16} aria-hidden />}
          loading={verification.isPending}
          onClick={() => verification.mutate({ limit: Number(limit), from_sequence: from })}
        >
          <FormattedMessage id="verification.do" defaultMessage="Verify now" />
        </Button>
      </FilterBar>
      <Box role="status">
        <Result verification={verification} />
      </Box>
    </>
  );
}

function Result({ verification }: { verification: ReturnType<typeof useVerification> }) {
  if (verification.error) return <ErrorPanel error={verification.error} />;
  if (verification.isPending) return <ReportSkeleton />;
  if (verification.data) return <ProofReport proof={verification.data} />;
  return (
    <EmptyState
      title={<FormattedMessage id="verification.none" defaultMessage="Nothing verified yet" />}
    >
      <FormattedMessage
        id="verification.none.why"
        defaultMessage="Press “Verify now”. That you did so is recorded, too."
      />
    </EmptyState>
  );
}
