/** The columns of the receivables grid; whose a receivable is is left out for who may not see it. */
import { Link } from '@mui/material';
import type { GridColDef } from '@mui/x-data-grid';
import { defineMessages, type IntlShape } from 'react-intl';
import { BUCKETS, SORTS } from '../search';
import { bucketWords } from '@/components/bucket-words';
import { payerName } from '@/components/entry-words';
import { StatusChip } from '@/components/status-chip';
import type { Format } from '@/components/use-format';
import { clinicName, may } from '@/lib/account';
import type { Account, Receivable } from '@/lib/api';

const heads = defineMessages({
  invoice_id: { id: 'column.invoice', defaultMessage: 'Invoice' },
  patient_id: { id: 'column.patient', defaultMessage: 'Patient' },
  clinic_id: { id: 'column.clinic', defaultMessage: 'Clinic' },
  status: { id: 'column.status', defaultMessage: 'Status' },
  payer_type: { id: 'column.payer', defaultMessage: 'Who owes' },
  issued_on: { id: 'column.issued', defaultMessage: 'Issued' },
  due_on: { id: 'column.due', defaultMessage: 'Due' },
  days_overdue: { id: 'column.overdue', defaultMessage: 'Days overdue' },
  charge: { id: 'column.charge', defaultMessage: 'Charge' },
  adjustments: { id: 'column.adjustments', defaultMessage: 'Adjustments' },
  landed: { id: 'column.landed', defaultMessage: 'Paid on it' },
  balance: { id: 'column.balance', defaultMessage: 'Balance' },
  provider: { id: 'column.provider', defaultMessage: 'Provider' },
  category: { id: 'column.category', defaultMessage: 'Category' },
});

const SELDOM = ['issued_on', 'charge', 'adjustments', 'landed', 'provider', 'category', ...BUCKETS];
/** What gives way to the balance where not all of them fit. */
const NOT_ON_TABLETS = ['clinic_id', 'payer_type'];
const NOT_ON_PHONES = ['patient_id', 'clinic_id', 'payer_type', 'due_on', 'days_overdue'];

/** What is not shown until somebody asks for it in the columns menu. */
export function hiddenAtFirst(screen: { isPhone: boolean; isNarrow: boolean }) {
  const names = [
    ...SELDOM,
    ...(screen.isNarrow ? NOT_ON_TABLETS : []),
    ...(screen.isPhone ? NOT_ON_PHONES : []),
  ];
  return Object.fromEntries(names.map((name) => [name, false]));
}

export function rowId(row: Receivable): string {
  return `${row.clinic_id} ${row.invoice_id}`;
}

interface ColumnsProps {
  intl: IntlShape;
  account: Account;
  format: Format;
  isPhone: boolean;
  onOpen: (receivable: Receivable) => void;
}

type Column = GridColDef<Receivable>;

export function gridColumns({ intl, account, format, isPhone, onOpen }: ColumnsProps): Column[] {
  const column = (field: keyof typeof heads, more: Partial<Column> = {}): Column => ({
    field,
    headerName: intl.formatMessage(heads[field]),
    sortable: SORTS.some((one) => one === field),
    ...more,
  });
  const money = (read: (row: Receivable) => number): Partial<Column> => ({
    align: 'right',
    headerAlign: 'right',
    width: 118,
    valueGetter: (_value, row) => read(row),
    renderCell: ({ row }) => format.money(row.currency).full(read(row)),
  });
  const plain = {
    renderCell: ({ value }: { value?: string | null }) => <bdi>{value}</bdi>,
  };
  const written = {
    renderCell: ({ value }: { value?: string }) => (value ? format.day(value) : ''),
  };
  return [
    column('invoice_id', {
      minWidth: isPhone ? 90 : 130,
      flex: 1.4,
      renderCell: ({ row, tabIndex }) => (
        <Link
          component="button"
          type="button"
          tabIndex={tabIndex}
          onClick={(event) => {
            event.stopPropagation();
            onOpen(row);
          }}
          sx={{ fontWeight: 600, textAlign: 'start' }}
        >
          <bdi>{row.invoice_id}</bdi>
        </Link>
      ),
    }),
    ...(may(account, 'outstanding:patients')
      ? [column('patient_id', { ...plain, minWidth: 96, flex: 0.7 })]
      : []),
    ...(account.clinics.length > 1
      ? [
          column('clinic_id', {
            minWidth: 140,
            flex: 1,
            valueGetter: (_value, row) => clinicName(account, row.clinic_id),
            ...plain,
          }),
        ]
      : []),
    column('status', {
      width: 116,
      renderCell: ({ row }) => <StatusChip status={row.status} />,
    }),
    column('payer_type', { width: 100, valueFormatter: (value: string) => payerName(intl, value) }),
    column('issued_on', { width: 118, ...written }),
    column('due_on', { width: 118, ...written }),
    column('days_overdue', {
      width: 116,
      align: 'right',
      headerAlign: 'right',
      renderCell: ({ row }) => (row.days_overdue > 0 ? format.count(row.days_overdue) : '–'),
    }),
    column('balance', { ...money((row) => row.balance), ...(isPhone && { width: 108 }) }),
    column('charge', { ...money((row) => row.charge) }),
    column('adjustments', { ...money((row) => row.adjustments) }),
    column('landed', { ...money((row) => row.landed) }),
    ...BUCKETS.map((bucket): Column => ({
      field: bucket,
      headerName: intl.formatMessage(bucketWords[bucket]),
      sortable: false,
      ...money((row) => row.buckets[bucket] ?? 0),
    })),
    column('provider', { ...plain, minWidth: 120 }),
    column('category', { ...plain, minWidth: 120 }),
  ];
}
