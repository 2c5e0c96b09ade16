/** The figures of the chart as a table: every period, or every period by group. */
import { Box } from '@mui/material';
import { FormattedMessage, type IntlShape, useIntl } from 'react-intl';
import { allGroups, type Drawn } from '../chart-data';
import type { Ask } from '../figure-questions';
import { comparisonWords } from '../words';
import { type Column, DataTable } from '@/components/data-table';
import { Explained } from '@/components/explained';
import { figureWords } from '@/components/metric-words';
import type { Format } from '@/components/use-format';
import type { CurrencyTotals, RevenuePoint, RevenueReport } from '@/lib/api';
import { type Day, periodFormat } from '@/lib/dates';

interface RevenueTableProps {
  data: Drawn;
  report: RevenueReport;
  totals: CurrencyTotals;
  groupName: (name: string | null) => string;
  format: Format;
  ask: Ask;
}

interface Row {
  place: number;
  label: Day;
  partial: boolean;
  point: RevenuePoint | undefined;
}

export function RevenueTable(props: RevenueTableProps) {
  const { data, report } = props;
  const intl = useIntl();
  const period = periodFormat(intl.locale, report.granularity);
  const rows = data.labels.map((label, place) => ({
    place,
    label,
    partial: data.partial[place] ?? false,
    point: data.points[place],
  }));
  const first: Column<Row> = {
    key: 'label',
    isFixed: true,
    head: <FormattedMessage id="revenue.period" defaultMessage="Period" />,
    cell: (row) => (
      <>
        {period(row.label)}
        {row.partial && <PartialMark />}
      </>
    ),
    foot: <FormattedMessage id="table.total" defaultMessage="Total" />,
  };
  const columns = report.breakdown ? groupColumns(props, intl) : figureColumns(props, intl);
  return (
    <DataTable
      caption={intl.formatMessage({ id: 'revenue.table', defaultMessage: 'Revenue by period' })}
      columns={[first, ...columns]}
      rows={rows}
      rowKey={(row) => row.label}
    />
  );
}

const SHOWN = [
  ['gross_payments', true],
  ['refunds', true],
  ['chargebacks', true],
  ['payment_corrections', true],
  ['net_payments', false],
] as const;

function figureColumns(props: RevenueTableProps, intl: IntlShape): Column<Row>[] {
  const { data, report, totals, format, ask } = props;
  const money = format.money(data.currency);
  const columns = SHOWN.map(([name, isExtra]): Column<Row> => ({
    key: name,
    head: intl.formatMessage(figureWords[name]),
    cell: (row) =>
      row.point && (
        <Explained question={ask(name, { period: row.label })}>
          {money.full(row.point[name])}
        </Explained>
      ),
    foot: money.full(totals[name]),
    isFigure: true,
    from: isExtra ? 'md' : undefined,
  }));
  columns.push({
    key: 'payment_count',
    head: intl.formatMessage(figureWords.payment_count),
    cell: (row) => row.point && format.count(row.point.payment_count),
    foot: format.count(totals.payment_count),
    isFigure: true,
  });
  const compared = report.comparison && data.compared;
  if (report.comparison && compared) {
    columns.push({
      key: 'compared',
      head: intl.formatMessage(comparisonWords[report.comparison.kind]),
      cell: (row) => {
        const value = compared.net[row.place];
        return value === undefined ? '–' : money.full(value);
      },
      isFigure: true,
    });
  }
  return columns;
}

function groupColumns(props: RevenueTableProps, intl: IntlShape): Column<Row>[] {
  const { data, report, totals, groupName, format, ask } = props;
  const money = format.money(data.currency);
  const groups = allGroups(report.series.filter((one) => one.currency === data.currency));
  return [
    ...groups.map((group): Column<Row> => ({
      key: String(group.name),
      head: <bdi>{groupName(group.name)}</bdi>,
      cell: (row) => (
        <Explained
          question={
            group.name === null
              ? undefined
              : ask('net_payments', { period: row.label, group: group.name })
          }
        >
          {money.full(group.net[row.place] ?? 0)}
        </Explained>
      ),
      foot: money.full(group.total),
      isFigure: true,
    })),
    {
      key: 'net',
      head: intl.formatMessage(figureWords.net_payments),
      cell: (row) => (
        <Explained question={ask('net_payments', { period: row.label })}>
          {money.full(data.net[row.place] ?? 0)}
        </Explained>
      ),
      foot: money.full(totals.net_payments),
      isFigure: true,
    },
  ];
}

function PartialMark() {
  return (
    <>
      {' '}
      <Box component="span" sx={{ color: 'text.secondary', fontWeight: 400 }}>
        <FormattedMessage id="revenue.partial" defaultMessage="(partial)" />
      </Box>
    </>
  );
}
