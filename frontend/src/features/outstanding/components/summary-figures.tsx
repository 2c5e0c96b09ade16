/** The sums of receivables in one currency; what is overpaid or unapplied stands apart. */
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import type { Ask } from '../figure-questions';
import { figureWords } from '@/components/metric-words';
import { Explained } from '@/components/explained';
import { Figure, Figures } from '@/components/figure';
import { Term } from '@/components/term';
import type { Format } from '@/components/use-format';
import type { CurrencySummary } from '@/lib/api';

interface SummaryFiguresProps {
  summary: CurrencySummary;
  format: Format;
  ask: Ask;
}

export function SummaryFigures({ summary, format, ask }: SummaryFiguresProps) {
  const { full } = format.money(summary.currency);
  const number = (count: number): ReactNode => (
    <FormattedMessage
      id="summary.count"
      defaultMessage="{count, plural, one {# receivable} other {# receivables}}"
      values={{ count }}
    />
  );
  const credits = (count: number): ReactNode => (
    <FormattedMessage
      id="summary.credits"
      defaultMessage="{count, plural, one {# credit} other {# credits}}"
      values={{ count }}
    />
  );
  return (
    <Figures>
      <Figure
        size="large"
        label={
          <Term
            metric="outstanding"
            definition={
              <FormattedMessage
                id="definition.outstanding"
                defaultMessage="The sum of what is still open on invoices. Overpaid invoices and unapplied credits are not taken off."
              />
            }
          >
            <FormattedMessage {...figureWords.outstanding} />
          </Term>
        }
        value={
          <Explained question={ask('outstanding')}>{full(summary.outstanding.amount)}</Explained>
        }
        note={number(summary.outstanding.count)}
      />
      <Figure
        label={<FormattedMessage id="summary.collections" defaultMessage="Of it in collections" />}
        value={full(summary.in_collections.amount)}
        note={number(summary.in_collections.count)}
      />
      <Figure
        label={
          <Term
            metric="overpaid"
            definition={
              <FormattedMessage
                id="definition.overpaid"
                defaultMessage="Invoices on which more money landed than was asked for. Not taken off outstanding."
              />
            }
          >
            <FormattedMessage {...figureWords.overpaid} />
          </Term>
        }
        value={<Explained question={ask('overpaid')}>{full(summary.overpaid.amount)}</Explained>}
        note={number(summary.overpaid.count)}
      />
      <Figure
        label={
          <Term
            metric="unapplied_credits"
            definition={
              <FormattedMessage
                id="definition.unapplied"
                defaultMessage="Money received that is not on any invoice yet. Not taken off outstanding."
              />
            }
          >
            <FormattedMessage {...figureWords.unapplied_credits} />
          </Term>
        }
        value={
          <Explained question={ask('unapplied_credits')}>
            {full(summary.unapplied_credits.amount)}
          </Explained>
        }
        note={credits(summary.unapplied_credits.count)}
      />
      <Figure
        label={
          <Term
            metric="deficits"
            definition={
              <FormattedMessage
                id="definition.deficits"
                defaultMessage="Credits from which more was taken than they held."
              />
            }
          >
            <FormattedMessage {...figureWords.deficits} />
          </Term>
        }
        value={<Explained question={ask('deficits')}>{full(summary.deficits.amount)}</Explained>}
        note={credits(summary.deficits.count)}
      />
    </Figures>
  );
}
