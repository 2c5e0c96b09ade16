/** The columns of a figure's entries: when, what, and what it adds. */
import { Box, Typography } from '@mui/material';
import { FormattedMessage, type IntlShape } from 'react-intl';
import { ruleWords } from '../words';
import type { Column } from '@/components/data-table';
import { kindWords, payerName } from '@/components/entry-words';
import type { Format } from '@/components/use-format';
import type { ExplainedLeg } from '@/lib/api';

export function entryColumns(
  intl: IntlShape,
  format: Format,
  write: (amount: number) => string,
): Column<ExplainedLeg>[] {
  return [
    {
      key: 'day',
      head: <FormattedMessage id="entry.day" defaultMessage="Date" />,
      cell: (leg) => (
        <Box component="span" sx={{ fontWeight: 400 }}>
          {leg.business_date ? format.day(leg.business_date) : '–'}
        </Box>
      ),
      isFixed: true,
      from: 'sm',
    },
    {
      key: 'what',
      head: <FormattedMessage id="entry.what" defaultMessage="What" />,
      cell: (leg) => <What leg={leg} intl={intl} format={format} />,
    },
    {
      key: 'amount',
      head: <FormattedMessage id="explain.adds" defaultMessage="Adds" />,
      cell: (leg) => write(leg.amount),
      isFigure: true,
    },
  ];
}

function What({ leg, intl, format }: { leg: ExplainedLeg; intl: IntlShape; format: Format }) {
  const countsLater = leg.effective_on && leg.effective_on !== leg.business_date;
  const details = [
    leg.invoice_id,
    leg.payment_id,
    leg.method,
    leg.reason,
    leg.payer_type && payerName(intl, leg.payer_type),
    leg.provider,
    leg.category,
  ].filter((part): part is string => Boolean(part));
  return (
    <Box sx={{ minWidth: 130, overflowWrap: 'anywhere' }}>
      <Box component="span" sx={{ fontWeight: 550 }}>
        {leg.rule && intl.formatMessage(ruleWords[leg.rule])}
        {leg.kind && intl.formatMessage(kindWords[leg.kind])}
        {leg.mirrored && (
          <>
            {' '}
            <FormattedMessage id="explain.mirrored" defaultMessage="(taken back by a void)" />
          </>
        )}
      </Box>
      {leg.business_date && (
        <Typography
          variant="caption"
          color="textSecondary"
          component="div"
          sx={{ display: { sm: 'none' } }}
        >
          {format.day(leg.business_date)}
        </Typography>
      )}
      <Typography variant="caption" color="textSecondary" component="div">
        {details.map((detail, place) => (
          <span key={`${place} ${detail}`}>
            {place > 0 && ' · '}
            <bdi>{detail}</bdi>
          </span>
        ))}
        {countsLater && leg.effective_on && (
          <>
            {' · '}
            <FormattedMessage
              id="explain.counts-from"
              defaultMessage="counts from {day}"
              values={{ day: format.day(leg.effective_on) }}
            />
          </>
        )}
      </Typography>
    </Box>
  );
}
