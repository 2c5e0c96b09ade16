/** Net payments of this month so far, against as many days of the month before. */
import { Skeleton, Typography } from '@mui/material';
import { useDeferredValue } from 'react';
import { FormattedList, FormattedMessage } from 'react-intl';
import { Spark } from './spark';
import { Tile } from './tile';
import { ErrorPanel } from '@/components/error-panel';
import { Explained } from '@/components/explained';
import { Figure, Figures } from '@/components/figure';
import { type Format, useFormat } from '@/components/use-format';
import { useRevenue } from '@/features/revenue/api/get-revenue';
import { currenciesOf, drawn, isSilentIn } from '@/features/revenue/chart-data';
import { Compared, RevenueTotals } from '@/features/revenue/components/revenue-totals';
import { figureQuestions } from '@/features/revenue/figure-questions';
import type { RevenueQuestion } from '@/features/revenue/search';
import type { CurrencyTotals, RevenueReport } from '@/lib/api';
import { type Day, startOf } from '@/lib/dates';
import type { ScopeSearch } from '@/lib/search';

export function RevenueTile({ today, search }: { today: Day; search: ScopeSearch }) {
  const question: RevenueQuestion = {
    start_date: startOf('month', today),
    end_date: today,
    granularity: 'day',
    compare: 'previous_period',
    clinic_id: search.clinic,
    as_of: search.as_of,
  };
  const { data: latest, error, refetch } = useRevenue(question);
  const data = useDeferredValue(latest);
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

interface MonthProps {
  report: RevenueReport;
  question: RevenueQuestion;
}

function Month({ report, question }: MonthProps) {
  const format = useFormat(report.meta.currencies);
  const { moving, still } = currenciesByNews(report);
  const [currency, ...others] = moving;
  const totals = report.totals.find((one) => one.currency === currency);
  if (!currency || !totals) {
    return (
      <FormattedMessage
        id="tile.revenue.empty"
        defaultMessage="Nothing was charged or paid this month yet."
      />
    );
  }
  return (
    <>
      <RevenueTotals
        totals={totals}
        compared={comparedIn(report, currency)}
        format={format}
        ask={figureQuestions(report, currency, question)}
        isShort
      />
      <Spark net={drawn(report, currency).net} />
      <Figures>
        {others.map((code) => (
          <Other key={code} {...{ report, question, format, code }} />
        ))}
      </Figures>
      {still.length > 0 && (
        <Typography variant="caption" color="textSecondary" component="p" sx={{ mt: 1 }}>
          <FormattedMessage
            id="tile.revenue.still"
            defaultMessage="Nothing this month or the month before in {currencies}."
            values={{ currencies: <FormattedList type="disjunction" value={still} /> }}
          />
        </Typography>
      )}
    </>
  );
}

function Other({ report, question, format, code }: MonthProps & { format: Format; code: string }) {
  const totals = report.totals.find((one) => one.currency === code);
  const before = comparedIn(report, code)?.net_payments ?? 0;
  const { full } = format.money(code);
  if (!totals) return null;
  return (
    <Figure
      label={code}
      value={
        <Explained question={figureQuestions(report, code, question)('net_payments')}>
          {full(totals.net_payments)}
        </Explained>
      }
      note={
        <Compared now={totals.net_payments} before={before} format={format}>
          {full(before)}
        </Compared>
      }
    />
  );
}

function comparedIn(report: RevenueReport, currency: string): CurrencyTotals | undefined {
  return report.comparison?.totals.find((one) => one.currency === currency);
}

/** The currencies something was told in, now or in the days compared with, and the others. */
function currenciesByNews(report: RevenueReport): { moving: string[]; still: string[] } {
  const all = [...report.totals, ...(report.comparison?.totals ?? [])];
  const isMoving = (code: string) =>
    all.some((totals) => totals.currency === code && !isSilentIn(totals));
  const codes = currenciesOf(report);
  return { moving: codes.filter(isMoving), still: codes.filter((code) => !isMoving(code)) };
}
