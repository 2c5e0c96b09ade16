/** Where a patient stands, in each currency. */
import { Box, Typography } from '@mui/material';
import { FormattedMessage } from 'react-intl';
import { Explained } from '@/components/explained';
import { Figure, Figures } from '@/components/figure';
import { figureWords } from '@/components/metric-words';
import { Term } from '@/components/term';
import type { Format } from '@/components/use-format';
import type { PatientTotals as Totals } from '@/lib/api';
import type { FigureQuestion } from '@/lib/figures';

/** The question after a patient's balance, but for the currency. */
export type BalanceQuestion = Omit<FigureQuestion, 'currency'>;

interface PatientTotalsProps {
  totals: readonly Totals[];
  format: Format;
  balance: BalanceQuestion;
}

export function PatientTotals({ totals, format, balance }: PatientTotalsProps) {
  return totals.map((one) => (
    <Box key={one.currency} sx={{ '& + &': { mt: 3 } }}>
      {totals.length > 1 && (
        <Typography variant="h3" sx={{ mb: 1 }}>
          {one.currency}
        </Typography>
      )}
      <TotalsOfCurrency totals={one} format={format} balance={balance} />
    </Box>
  ));
}

interface TotalsOfCurrencyProps {
  totals: Totals;
  format: Format;
  balance: BalanceQuestion;
}

function TotalsOfCurrency({ totals, format, balance }: TotalsOfCurrencyProps) {
  const { full } = format.money(totals.currency);
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
        value={full(totals.outstanding)}
      />
      <Figure
        label={
          <Term
            metric="patient_balance"
            definition={
              <FormattedMessage
                id="definition.balance"
                defaultMessage="Outstanding minus overpaid and unapplied, plus deficits."
              />
            }
          >
            <FormattedMessage {...figureWords.patient_balance} />
          </Term>
        }
        value={
          <Explained question={{ ...balance, currency: totals.currency }}>
            {full(totals.balance)}
          </Explained>
        }
      />
      <Figure
        label={<FormattedMessage id="figure.charged" defaultMessage="Charged" />}
        value={full(totals.charged)}
        note={
          <FormattedMessage
            id="figure.invoices"
            defaultMessage="{count, plural, one {# invoice} other {# invoices}}"
            values={{ count: totals.invoice_count }}
          />
        }
      />
      <Figure
        label={<FormattedMessage id="figure.paid" defaultMessage="Paid" />}
        value={full(totals.paid)}
        note={
          <FormattedMessage
            id="figure.payments"
            defaultMessage="{count, plural, one {# payment} other {# payments}}"
            values={{ count: totals.payment_count }}
          />
        }
      />
      <Figure
        label={<FormattedMessage id="figure.refunded" defaultMessage="Refunded" />}
        value={full(totals.refunded)}
      />
      {totals.overpaid !== 0 && (
        <Figure
          label={<FormattedMessage {...figureWords.overpaid} />}
          value={full(totals.overpaid)}
        />
      )}
      {totals.unapplied !== 0 && (
        <Figure
          label={<FormattedMessage id="figure.unapplied" defaultMessage="Unapplied credit" />}
          value={full(totals.unapplied)}
        />
      )}
      {totals.deficits !== 0 && (
        <Figure
          label={<FormattedMessage {...figureWords.deficits} />}
          value={full(totals.deficits)}
        />
      )}
    </Figures>
  );
}
