/** The revenue report of one currency: totals, chart with its twin, charge side. */
import { Stack } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { currenciesOf, drawn, isSilent } from '../chart-data';
import { figureQuestions } from '../figure-questions';
import type { RevenueQuestion, RevenueSearch } from '../search';
import { dimensionWords } from '../words';
import { ChargeSide } from './charge-side';
import { RevenueChart } from './revenue-chart';
import { RevenueSummary } from './revenue-summary';
import { RevenueTable } from './revenue-table';
import { RevenueTotals } from './revenue-totals';
import { ChartFrame } from '@/components/chart-frame';
import { EmptyState } from '@/components/empty-state';
import { Panel } from '@/components/panel';
import { Toggle } from '@/components/toggle';
import { useFormat } from '@/components/use-format';
import { clinicName, useAccount } from '@/lib/account';
import type { RevenueReport as Report } from '@/lib/api';

interface RevenueReportProps {
  report: Report;
  question: RevenueQuestion;
  search: RevenueSearch;
  onChange: (change: Partial<RevenueSearch>) => void;
}

export function RevenueReport({ report, question, search, onChange }: RevenueReportProps) {
  const intl = useIntl();
  const account = useAccount();
  const format = useFormat(report.meta.currencies);
  const currencies = currenciesOf(report);
  const currency = currencies.find((one) => one === search.currency) ?? currencies[0];
  const totals = report.totals.find((one) => one.currency === currency);
  if (!currency || !totals || isSilent(report)) return <NothingPaid />;
  const data = drawn(report, currency);
  const ask = figureQuestions(report, currency, question);
  const compared = report.comparison?.totals.find((one) => one.currency === currency);
  const groupName = (name: string | null): string => {
    if (name === null || name === 'unknown') {
      return intl.formatMessage({ id: 'group.unknown', defaultMessage: 'Unknown' });
    }
    return report.breakdown === 'clinic' ? clinicName(account, name) : name;
  };
  const names = data.groups.map((group) =>
    group.isRest
      ? intl.formatMessage({ id: 'group.rest', defaultMessage: 'All others' })
      : groupName(group.name),
  );
  const shown = { data, report, totals, format, ask };
  return (
    <Stack spacing={2.5}>
      <Panel
        title={<FormattedMessage id="revenue.totals" defaultMessage="Totals" />}
        actions={
          currencies.length > 1 && (
            <Toggle
              label={intl.formatMessage({ id: 'currency', defaultMessage: 'Currency' })}
              value={currency}
              options={currencies.map((value) => ({ value, label: value }))}
              onChange={(chosen) => onChange({ currency: chosen })}
            />
          )
        }
      >
        <RevenueTotals totals={totals} compared={compared} format={format} ask={ask} />
      </Panel>
      <ChartFrame
        title={
          report.breakdown ? (
            <FormattedMessage
              id="revenue.chart.by"
              defaultMessage="Net payments by {dimension}"
              values={{
                dimension: intl.formatMessage(dimensionWords[report.breakdown]).toLowerCase(),
              }}
            />
          ) : (
            <FormattedMessage id="revenue.chart" defaultMessage="Net payments over time" />
          )
        }
        summary={<RevenueSummary {...{ data, report, totals, format }} compared={compared} />}
        view={search.view ?? 'chart'}
        onView={(view) => onChange({ view: view === 'table' ? view : undefined })}
        chart={<RevenueChart {...shown} groupNames={names} />}
        table={<RevenueTable {...shown} groupName={groupName} />}
      />
      <ChargeSide totals={totals} format={format} ask={ask} />
    </Stack>
  );
}

function NothingPaid() {
  return (
    <EmptyState
      title={<FormattedMessage id="revenue.empty" defaultMessage="No money in these days" />}
    >
      <FormattedMessage
        id="revenue.empty.why"
        defaultMessage="Nothing was charged, paid or given back in this range for what is chosen above. Try a longer range or fewer filters."
      />
    </EmptyState>
  );
}
