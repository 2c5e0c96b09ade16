/** A payment plan: what is due when, and what of it is still open. */
import { FormattedMessage, useIntl } from 'react-intl';
import { bucketWords } from '@/components/bucket-words';
import { type Column, DataTable } from '@/components/data-table';
import type { Format } from '@/components/use-format';
import type { OpenInstallment } from '@/lib/api';

interface InstallmentTableProps {
  installments: readonly OpenInstallment[];
  currency: string;
  format: Format;
}

export function InstallmentTable({ installments, currency, format }: InstallmentTableProps) {
  const intl = useIntl();
  const { full } = format.money(currency);
  const columns: Column<OpenInstallment>[] = [
    {
      key: 'due',
      head: <FormattedMessage id="column.due" defaultMessage="Due" />,
      cell: (row) => format.day(row.due_on),
    },
    {
      key: 'amount',
      head: <FormattedMessage id="installment.amount" defaultMessage="Amount" />,
      cell: (row) => full(row.amount),
      isFigure: true,
    },
    {
      key: 'open',
      head: <FormattedMessage id="installment.open" defaultMessage="Open" />,
      cell: (row) => full(row.open),
      isFigure: true,
    },
    {
      key: 'bucket',
      head: <FormattedMessage id="aging.bucket" defaultMessage="Age" />,
      cell: (row) => intl.formatMessage(bucketWords[row.bucket]),
    },
  ];
  return (
    <DataTable
      caption={intl.formatMessage({ id: 'receivable.plan', defaultMessage: 'Payment plan' })}
      columns={columns}
      rows={installments}
      rowKey={(row) => `${row.due_on} ${row.amount}`}
    />
  );
}
