/** The columns of the exceptions. */
import { Box, Typography } from '@mui/material';
import { FormattedMessage, type IntlShape } from 'react-intl';
import { exceptionWords } from '../exception-words';
import type { Column } from '@/components/data-table';
import type { Format } from '@/components/use-format';
import { clinicName, may } from '@/lib/account';
import type { Account, ExceptionRow } from '@/lib/api';

export function exceptionColumns(
  intl: IntlShape,
  account: Account,
  format: Format,
): Column<ExceptionRow>[] {
  const columns: Column<ExceptionRow>[] = [
    {
      key: 'kind',
      head: <FormattedMessage id="exceptions.kind" defaultMessage="What does not fit" />,
      cell: (row) => <Kind row={row} intl={intl} format={format} />,
    },
    {
      key: 'day',
      head: <FormattedMessage id="entry.day" defaultMessage="Date" />,
      cell: (row) => row.business_date && format.day(row.business_date),
      isFixed: true,
      from: 'sm',
    },
    {
      key: 'clinic',
      head: <FormattedMessage id="column.clinic" defaultMessage="Clinic" />,
      cell: (row) => <bdi>{clinicName(account, row.clinic_id)}</bdi>,
      from: 'md',
    },
    {
      key: 'payment',
      head: <FormattedMessage id="exceptions.payment" defaultMessage="Payment" />,
      cell: (row) => <bdi>{row.payment_id}</bdi>,
      from: 'sm',
    },
    {
      key: 'invoice',
      head: <FormattedMessage id="column.invoice" defaultMessage="Invoice" />,
      cell: (row) => <bdi>{row.invoice_id}</bdi>,
      from: 'sm',
    },
    {
      key: 'amount',
      head: <FormattedMessage id="installment.amount" defaultMessage="Amount" />,
      cell: (row) =>
        row.amount !== null && row.currency && format.money(row.currency).full(row.amount),
      isFigure: true,
    },
  ];
  if (may(account, 'outstanding:patients')) {
    columns.splice(3, 0, {
      key: 'patient',
      head: <FormattedMessage id="column.patient" defaultMessage="Patient" />,
      cell: (row) => <bdi>{row.patient_id}</bdi>,
      isFixed: true,
      from: 'sm',
    });
  }
  return columns;
}

/** What has a column of its own elsewhere stands below the words where there is no room for it. */
function Kind({ row, intl, format }: { row: ExceptionRow; intl: IntlShape; format: Format }) {
  const references = [row.patient_id, row.payment_id, row.invoice_id].filter((id) => id !== null);
  return (
    <Box sx={{ minWidth: 120, overflowWrap: 'anywhere' }}>
      {intl.formatMessage(exceptionWords[row.kind])}
      <Typography
        variant="caption"
        color="textSecondary"
        component="div"
        sx={{ display: { sm: 'none' }, fontWeight: 400 }}
      >
        {row.business_date && format.day(row.business_date)}
        {references.map((id) => (
          <span key={id}>
            {' · '}
            <bdi>{id}</bdi>
          </span>
        ))}
      </Typography>
    </Box>
  );
}
