/** The totals of one currency, net payments first, with what they are compared with. */
import { Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { growth } from '../chart-data';
import type { Ask } from '../figure-questions';
import { definitionWords } from '../words';
import { Explained } from '@/components/explained';
import { Figure, Figures } from '@/components/figure';
import { figureWords } from '@/components/metric-words';
import { Term } from '@/components/term';
import type { Format } from '@/components/use-format';
import type { CurrencyTotals } from '@/lib/api';
import { role } from '@/theme/theme';

interface RevenueTotalsProps {
  totals: CurrencyTotals;
  compared: CurrencyTotals | undefined;
  format: Format;
  ask: Ask;
  /** Only the figures everybody asks for. */
  isShort?: boolean;
}

const AMOUNTS = ['gross_payments', 'refunds', 'chargebacks', 'payment_corrections'] as const;

export function RevenueTotals({ totals, compared, format, ask, isShort }: RevenueTotalsProps) {
  const money = format.money(totals.currency);
  return (
    <Figures>
      <Figure
        size="large"
        label={<Defined name="net_payments" />}
        value={
          <Explained question={ask('net_payments')}>{money.full(totals.net_payments)}</Explained>
        }
        note={
          compared ? (
            <Compared now={totals.net_payments} before={compared.net_payments} format={format}>
              {money.full(compared.net_payments)}
            </Compared>
          ) : (
            <FormattedMessage id="revenue.basis" defaultMessage="Revenue, cash basis" />
          )
        }
      />
      {(isShort ? [] : AMOUNTS).map((name) => (
        <Figure
          key={name}
          label={<Defined name={name} />}
          value={<Explained question={ask(name)}>{money.full(totals[name])}</Explained>}
          note={compared && <Against>{money.full(compared[name])}</Against>}
        />
      ))}
      <Figure
        label={<Defined name="payment_count" />}
        value={
          <Explained question={ask('payment_count')}>
            {format.count(totals.payment_count)}
          </Explained>
        }
        note={compared && <Against>{format.count(compared.payment_count)}</Against>}
      />
      <Figure
        label={<Defined name="average_payment" />}
        value={totals.average_payment === null ? '–' : money.full(totals.average_payment)}
        note={
          compared?.average_payment != null && (
            <Against>{money.full(compared.average_payment)}</Against>
          )
        }
      />
    </Figures>
  );
}

/** The name of a figure, with its definition in words where there is more to say than the formula. */
export function Defined({ name }: { name: keyof typeof figureWords }) {
  const intl = useIntl();
  const words = Object.entries(definitionWords).find(([known]) => known === name)?.[1];
  return (
    <Term metric={name} definition={words && intl.formatMessage(words)}>
      {intl.formatMessage(figureWords[name])}
    </Term>
  );
}

function Against({ children }: { children: ReactNode }) {
  return (
    <FormattedMessage
      id="revenue.compared"
      defaultMessage="against {before}"
      values={{ before: children }}
    />
  );
}

interface ComparedProps {
  now: number;
  before: number;
  format: Format;
  children: ReactNode;
}

export function Compared({ now, before, format, children }: ComparedProps) {
  const share = growth(now, before);
  if (share === null) return <Against>{children}</Against>;
  return (
    <>
      <Typography
        component="span"
        variant="caption"
        sx={{ fontWeight: 620, color: role(share < 0 ? 'dangerText' : 'positiveText') }}
      >
        {share < 0 ? '▼ ' : '▲ '}
        {format.percent(Math.abs(share))}
      </Typography>{' '}
      <Against>{children}</Against>
    </>
  );
}
