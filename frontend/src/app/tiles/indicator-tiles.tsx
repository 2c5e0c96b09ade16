/** Days in A/R and the net collection rate of the last twelve months, each leading to its report. */
import { Skeleton } from '@mui/material';
import { type ReactNode, useDeferredValue } from 'react';
import { defineMessages, FormattedMessage, useIntl } from 'react-intl';
import { Tile } from './tile';
import { ErrorPanel } from '@/components/error-panel';
import { Explained } from '@/components/explained';
import { Figure, Figures } from '@/components/figure';
import { figureWords } from '@/components/metric-words';
import { Term } from '@/components/term';
import { type Format, useFormat } from '@/components/use-format';
import { useIndicators } from '@/features/indicators/api/get-indicators';
import type { CurrencyIndicators, IndicatorsReport } from '@/lib/api';
import type { FigureQuestion } from '@/lib/figures';
import type { ScopeSearch } from '@/lib/search';

const definitions = defineMessages({
  days_in_ar: {
    id: 'definition.days_in_ar',
    defaultMessage: 'How many days of charges what is outstanding stands for; fewer is better.',
  },
  net_collection_rate: {
    id: 'definition.net_collection_rate',
    defaultMessage:
      'What landed on the invoices of the last twelve months, out of what could be collected on them.',
  },
});

type Indicator = keyof typeof definitions;

interface IndicatorTilesProps {
  search: ScopeSearch;
  /** Which currencies come first. */
  order: readonly string[];
}

export function IndicatorTiles({ search, order }: IndicatorTilesProps) {
  const asked = useIndicators({ clinic_id: search.clinic, as_of: search.as_of });
  const report = useDeferredValue(asked.data);
  const of = (indicator: Indicator): ReactNode => {
    if (report) return <Values {...{ report, indicator, search, order }} />;
    if (!asked.error) return <Skeleton variant="rounded" sx={{ flexGrow: 1, minHeight: 96 }} />;
    return <ErrorPanel error={asked.error} onRetry={() => void asked.refetch()} />;
  };
  return (
    <>
      <Tile
        least={240}
        to="/outstanding"
        title={<FormattedMessage {...figureWords.days_in_ar} />}
        open={<FormattedMessage id="tile.days.open" defaultMessage="Open aging" />}
      >
        {of('days_in_ar')}
      </Tile>
      <Tile
        least={240}
        to="/revenue"
        title={<FormattedMessage id="tile.collection" defaultMessage="Collection" />}
        open={<FormattedMessage id="tile.collection.open" defaultMessage="Open charges" />}
      >
        {of('net_collection_rate')}
      </Tile>
    </>
  );
}

interface ValuesProps extends IndicatorTilesProps {
  report: IndicatorsReport;
  indicator: Indicator;
}

function Values({ report, indicator, search, order }: ValuesProps) {
  const intl = useIntl();
  const format = useFormat(report.meta.currencies);
  const shown = report.currencies
    .map((one) => ({ currency: one.currency, ...read(one, indicator, format) }))
    .filter(({ value }) => value !== null)
    .sort((a, b) => placeIn(order, a.currency) - placeIn(order, b.currency));
  if (shown.length === 0) {
    return (
      <FormattedMessage
        id="tile.indicator.empty"
        defaultMessage="Nothing was charged in these months, so there is no such figure."
      />
    );
  }
  return (
    <Figures least={120}>
      {shown.map(({ currency, value, note }, place) => (
        <Figure
          key={currency}
          size={place === 0 ? 'large' : 'normal'}
          label={
            place === 0 ? (
              <Term metric={indicator} definition={intl.formatMessage(definitions[indicator])}>
                {intl.formatMessage(figureWords[indicator])}
                {shown.length > 1 && `, ${currency}`}
              </Term>
            ) : (
              currency
            )
          }
          value={
            <Explained question={question(report, indicator, currency, search)}>{value}</Explained>
          }
          note={note}
        />
      ))}
    </Figures>
  );
}

function placeIn(order: readonly string[], currency: string): number {
  const place = order.indexOf(currency);
  return place < 0 ? order.length : place;
}

function read({ currency, range }: CurrencyIndicators, indicator: Indicator, format: Format) {
  const money = format.money(currency).short;
  if (indicator === 'days_in_ar') {
    const { value, outstanding, charges, days } = range.days_in_ar;
    return {
      value: value && format.decimal(value),
      note: (
        <FormattedMessage
          id="tile.days.note"
          defaultMessage="{outstanding} open, {charges} charged in {days} days"
          values={{ outstanding: money(outstanding), charges: money(charges), days }}
        />
      ),
    };
  }
  const { rate, landed, charges } = range.net_collection;
  return {
    value: rate && format.percent(Number(rate)),
    note: (
      <FormattedMessage
        id="tile.collection.note"
        defaultMessage="{landed} landed of {charges}"
        values={{ landed: money(landed), charges: money(charges) }}
      />
    ),
  };
}

function question(
  { meta }: IndicatorsReport,
  metric: Indicator,
  currency: string,
  { clinic }: ScopeSearch,
): FigureQuestion {
  return {
    metric,
    currency,
    clinic_id: clinic,
    start_date: meta.interval?.start_date,
    end_date: meta.interval?.end_date,
    as_of: meta.as_of,
    watermark: meta.watermark,
  };
}
