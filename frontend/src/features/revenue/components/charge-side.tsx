/** What was asked for, apart from what was paid. */
import { FormattedMessage } from 'react-intl';
import type { Ask } from '../figure-questions';
import { Defined } from './revenue-totals';
import { Explained } from '@/components/explained';
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

interface ChargeSideProps {
  totals: CurrencyTotals;
  format: Format;
  ask: Ask;
}

export function ChargeSide({ totals, format, ask }: ChargeSideProps) {
  const money = format.money(totals.currency);
  const side = totals.charge_side;
  return (
    <Panel title={<FormattedMessage id="revenue.charge-side" defaultMessage="Charge side" />}>
      <Figures>
        <Figure
          label={<Defined name="net_charges" />}
          value={
            <Explained question={ask('net_charges')}>{money.full(side.net_charges)}</Explained>
          }
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
            label={<Defined name={name} />}
            value={<Explained question={ask(name)}>{money.full(side[name])}</Explained>}
          />
        ))}
        <Figure
          label={<Defined name="processor_fees" />}
          value={
            <Explained question={ask('processor_fees')}>
              {money.full(totals.processor_fees)}
            </Explained>
          }
          note={<FormattedMessage id="revenue.fees" defaultMessage="In no other figure" />}
        />
      </Figures>
    </Panel>
  );
}
