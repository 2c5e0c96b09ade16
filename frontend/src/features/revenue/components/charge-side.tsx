/** What was asked for, apart from what was paid. */
import { FormattedMessage, useIntl } from 'react-intl';
import { figureWords } from '../words';
import { Defined } from './revenue-totals';
import { Figure, Figures } from '@/components/figure';
import { Panel } from '@/components/panel';
import type { Format } from '@/components/use-format';
import type { CurrencyTotals } from '@/lib/api';

const AMOUNTS = [
  'charges',
  'charge_corrections',
  'contractual_adjustments',
  'other_adjustments',
  'voids',
  'write_offs',
] as const;

export function ChargeSide({ totals, format }: { totals: CurrencyTotals; format: Format }) {
  const intl = useIntl();
  const money = format.money(totals.currency);
  const side = totals.charge_side;
  return (
    <Panel title={<FormattedMessage id="revenue.charge-side" defaultMessage="Charge side" />}>
      <Figures>
        <Figure
          label={<Defined name="net_charges" />}
          value={money.full(side.net_charges)}
          note={
            <FormattedMessage
              id="revenue.invoices"
              defaultMessage="{count, plural, one {# invoice} other {# invoices}} issued"
              values={{ count: side.charge_count }}
            />
          }
        />
        {AMOUNTS.map((name) => (
          <Figure
            key={name}
            label={intl.formatMessage(figureWords[name])}
            value={money.full(side[name])}
          />
        ))}
        <Figure
          label={intl.formatMessage(figureWords.processor_fees)}
          value={money.full(totals.processor_fees)}
          note={<FormattedMessage id="revenue.fees" defaultMessage="In no other figure" />}
        />
      </Figures>
    </Panel>
  );
}
