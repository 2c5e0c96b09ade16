/** Net payments of this month so far, against as many days of the month before. */
import { Skeleton } from '@mui/material';
import { lazy, Suspense } from 'react';
import { FormattedMessage } from 'react-intl';
import { Tile } from './tile';
import { ErrorPanel } from '@/components/error-panel';
import { Explained } from '@/components/explained';
import { Figure, Figures } from '@/components/figure';
import { useFormat } from '@/components/use-format';
import { useRevenue } from '@/features/revenue/api/get-revenue';
import { currenciesOf, drawn } from '@/features/revenue/chart-data';
import { Compared, RevenueTotals } from '@/features/revenue/components/revenue-totals';
import { figureQuestions } from '@/features/revenue/figure-questions';
import type { RevenueQuestion } from '@/features/revenue/search';
import type { RevenueReport } from '@/lib/api';
import { type Day, startOf } from '@/lib/dates';
import type { ScopeSearch } from '@/lib/search';

const Spark = lazy(async () => ({ default: (await import('./spark')).Spark }));

export function RevenueTile({ today, search }: { today: Day; search: ScopeSearch }) {
  const question: RevenueQuestion = {
    start_date: startOf('month', today),
    end_date: today,
    granularity: 'day',
    compare: 'previous_period',
    clinic_id: search.clinic,
    as_of: search.as_of,
  };
  const { data, error, refetch } = useRevenue(question);
  return (
    <Tile
      least={440}
      to="/revenue"
      title={<FormattedMessage id="tile.revenue" defaultMessage="Revenue this month" />}
      open={<FormattedMessage id="tile.revenue.open" defaultMessage="Open revenue" />}
    >
      {data ? (
        <Month report={data} question={question} />
      ) : error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton variant="rounded" sx={{ flexGrow: 1, minHeight: 180 }} />
      )}
    </Tile>
  );
}

function Month({ report, question }: { report: RevenueReport; question: RevenueQuestion }) {
  const format = useFormat(report.meta.currencies);
  const [currency, ...others] = currenciesOf(report);
  const totals = report.totals.find((one) => one.currency === currency);
  if (!currency || !totals) {
    return (
      <FormattedMessage
        id="tile.revenue.empty"
        defaultMessage="Nothing was charged or paid this month yet."
      />
    );
  }
  const data = drawn(report, currency);
  const ask = figureQuestions(report, currency, question);
  const compared = (code: string) => report.comparison?.totals.find((one) => one.currency === code);
  return (
    <>
      <RevenueTotals
        totals={totals}
        compared={compared(currency)}
        format={format}
        ask={ask}
        isShort
      />
      <Suspense fallback={<Skeleton variant="rounded" sx={{ flexGrow: 1, minHeight: 110 }} />}>
        <Spark labels={data.labels} net={data.net} />
      </Suspense>
      <Figures>
        {others.map((code) => {
          const other = report.totals.find((one) => one.currency === code);
          return (
            other && (
              <Figure
                key={code}
                label={code}
                value={
                  <Explained question={figureQuestions(report, code, question)('net_payments')}>
                    {format.money(code).full(other.net_payments)}
                  </Explained>
                }
                note={
                  <Compared
                    now={other.net_payments}
                    before={compared(code)?.net_payments ?? 0}
                    format={format}
                  >
                    {format.money(code).full(compared(code)?.net_payments ?? 0)}
                  </Compared>
                }
              />
            )
          );
        })}
      </Figures>
    </>
  );
}
