/** Everything that happened to a patient's account, newest first, with the balance after each event. */
import { Alert, Stack } from '@mui/material';
import { useMemo } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { WholeHistory } from '../api/get-payment-history';
import type { PatientsSearch } from '../search';
import { HistoryFilters } from './history-filters';
import { PatientTotals } from './patient-totals';
import { EmptyState } from '@/components/empty-state';
import { EntryTable } from '@/components/entry-table';
import { Panel } from '@/components/panel';
import { Toggle } from '@/components/toggle';
import { useFormat } from '@/components/use-format';

interface PaymentTimelineProps {
  history: WholeHistory;
  search: PatientsSearch;
  onChange: (change: Partial<PatientsSearch>) => void;
}

export function PaymentTimeline({ history, search, onChange }: PaymentTimelineProps) {
  const intl = useIntl();
  const format = useFormat(history.meta.currencies);
  const order = search.order ?? 'newest';
  const entries = useMemo(
    () => (order === 'newest' ? history.entries.toReversed() : history.entries),
    [history.entries, order],
  );
  const isFiltered = Boolean(search.from ?? search.to ?? search.payment ?? search.invoice);
  return (
    <Stack spacing={2.5}>
      <Panel title={<FormattedMessage id="history.totals" defaultMessage="Where it stands" />}>
        {history.totals.length > 0 ? (
          <PatientTotals
            totals={history.totals}
            format={format}
            balance={{
              metric: 'patient_balance',
              patient_id: history.patient_id,
              clinic_id: search.clinic,
              as_of: history.meta.as_of,
              watermark: history.meta.watermark,
            }}
          />
        ) : (
          <FormattedMessage
            id="history.no-money"
            defaultMessage="No money has been told of for this patient yet."
          />
        )}
      </Panel>
      <Panel
        title={<FormattedMessage id="history.title" defaultMessage="History" />}
        actions={
          <Toggle
            label={intl.formatMessage({ id: 'history.order', defaultMessage: 'Order' })}
            value={order}
            options={[
              {
                value: 'newest',
                label: intl.formatMessage({ id: 'history.newest', defaultMessage: 'Newest first' }),
              },
              {
                value: 'oldest',
                label: intl.formatMessage({ id: 'history.oldest', defaultMessage: 'Oldest first' }),
              },
            ]}
            onChange={(chosen) => onChange({ order: chosen === 'oldest' ? chosen : undefined })}
          />
        }
      >
        <HistoryFilters search={search} onChange={onChange} />
        {history.isCut && (
          <Alert severity="info" sx={{ mb: 2 }}>
            <FormattedMessage
              id="history.cut"
              defaultMessage="Only the oldest {count, number} rows are shown. Choose days to see the others."
              values={{ count: history.entries.length }}
            />
          </Alert>
        )}
        {entries.length > 0 ? (
          <EntryTable
            caption={intl.formatMessage({ id: 'history.table', defaultMessage: 'Payment history' })}
            entries={entries}
            format={format}
          />
        ) : (
          <NoRows isFiltered={isFiltered} />
        )}
      </Panel>
    </Stack>
  );
}

function NoRows({ isFiltered }: { isFiltered: boolean }) {
  return (
    <EmptyState title={<FormattedMessage id="history.empty" defaultMessage="Nothing to show" />}>
      {isFiltered ? (
        <FormattedMessage
          id="history.empty.filtered"
          defaultMessage="No row matches the days and statuses chosen above."
        />
      ) : (
        <FormattedMessage
          id="history.empty.known"
          defaultMessage="The patient is known, but nothing was charged or paid yet."
        />
      )}
    </EmptyState>
  );
}
