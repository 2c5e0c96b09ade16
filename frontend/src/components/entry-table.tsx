/** Ledger entries like lines of a statement: what was charged, what was paid, the balance after. */
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { type Column, DataTable } from './data-table';
import { entryDetails, kindWords, sides } from './entry-words';
import { type Status, StatusChip } from './status-chip';
import type { Format } from './use-format';
import type { HistoryEntry } from '@/lib/api';

interface EntryTableProps {
  caption: string;
  entries: readonly HistoryEntry[];
  format: Format;
  /** A balance over all of a patient's invoices says nothing beside one of them. */
  withBalance?: boolean;
}

export function EntryTable({ caption, entries, format, withBalance = true }: EntryTableProps) {
  const columns: Column<HistoryEntry>[] = [
    {
      key: 'day',
      from: 'sm',
      head: <FormattedMessage id="entry.day" defaultMessage="Date" />,
      cell: (entry) => (
        <Box component="span" sx={{ whiteSpace: 'nowrap', fontWeight: 400 }}>
          {format.day(entry.business_date)}
        </Box>
      ),
    },
    {
      key: 'what',
      head: <FormattedMessage id="entry.what" defaultMessage="What" />,
      cell: (entry) => (
        <Box sx={{ minWidth: { xs: 150, sm: 180 }, overflowWrap: 'anywhere' }}>
          <What entry={entry} format={format} />
        </Box>
      ),
    },
    {
      key: 'status',
      from: 'sm',
      head: (
        <Box component="span" sx={{ whiteSpace: 'nowrap' }}>
          <FormattedMessage id="entry.status" defaultMessage="Status now" />
        </Box>
      ),
      cell: (entry) => <EntryStatus entry={entry} />,
    },
    amount('charged', <FormattedMessage id="entry.charged" defaultMessage="Charged" />, format),
    amount('paid', <FormattedMessage id="entry.paid" defaultMessage="Paid" />, format),
  ];
  if (withBalance) {
    columns.push({
      key: 'balance',
      head: <FormattedMessage id="entry.balance" defaultMessage="Balance" />,
      cell: (entry) => money(entry, entry.balance ?? undefined, format),
      isFigure: true,
    });
  }
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={entries}
      rowKey={(entry) => `${entry.source} ${entry.event_id} ${entry.leg}`}
    />
  );
}

function amount(side: 'charged' | 'paid', head: ReactNode, format: Format) {
  return {
    key: side,
    head,
    cell: (entry: HistoryEntry) => money(entry, sides(entry)[side], format),
    isFigure: true,
    from: 'sm' as const,
  };
}

function money(entry: HistoryEntry, value: number | undefined, format: Format) {
  if (value === undefined || entry.currency === null) return null;
  return format.money(entry.currency).full(value);
}

function What({ entry, format }: { entry: HistoryEntry; format: Format }) {
  const intl = useIntl();
  const details = entryDetails(intl, entry, format.day);
  const { charged, paid, aside: beside } = sides(entry);
  const aside = money(entry, beside, format);
  const references = [entry.invoice_id, entry.payment_id].filter((id) => id !== null);
  return (
    <>
      <Box component="span" sx={{ fontWeight: 550 }}>
        {intl.formatMessage(kindWords[entry.kind])}
        {aside && ` ${aside}`}
        <OnPhones>{money(entry, charged ?? paid, format)}</OnPhones>
      </Box>
      <Typography
        variant="caption"
        color="textSecondary"
        component="div"
        sx={{ display: { sm: 'none' } }}
      >
        {format.day(entry.business_date)}
      </Typography>
      <Typography variant="caption" color="textSecondary" component="div">
        {references.map((id, place) => (
          <span key={id}>
            {place > 0 && ' · '}
            <bdi>{id}</bdi>
          </span>
        ))}
        {references.length > 0 && details && ' · '}
        {details && <bdi>{details}</bdi>}
      </Typography>
      <Box sx={{ display: { sm: 'none' }, mt: 0.5 }}>
        <EntryStatus entry={entry} />
      </Box>
    </>
  );
}

/** What has a column of its own elsewhere stands with the entry where there is no room for it. */
function OnPhones({ children }: { children: ReactNode }) {
  return (
    <Box
      component="span"
      sx={{ display: { xs: 'inline', sm: 'none' }, marginInlineStart: '0.5ch' }}
    >
      {children}
    </Box>
  );
}

function EntryStatus({ entry }: { entry: HistoryEntry }) {
  const found: Status[] = [];
  const isOfPayment = entry.payment_status !== null && entry.kind !== 'allocation';
  if (isOfPayment && entry.payment_status) found.push(entry.payment_status);
  if (entry.partially_refunded) found.push('partially_refunded');
  if (entry.disputed) found.push('disputed');
  if (!isOfPayment && entry.invoice_status) found.push(entry.invoice_status);
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
      {found.map((status) => (
        <StatusChip key={status} status={status} />
      ))}
    </Box>
  );
}
