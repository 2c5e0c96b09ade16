/** How fresh everything is, as figures: until when it is complete, and what the last check found. */
import { FormattedMessage, FormattedTime } from 'react-intl';
import { Figure, Figures } from '@/components/figure';
import { Term } from '@/components/term';
import { useFormat } from '@/components/use-format';
import type { Meta } from '@/lib/api';

export function FreshnessFigures({ meta }: { meta: Meta }) {
  const format = useFormat();
  const last = meta.reconciliation;
  return (
    <Figures least={200}>
      <Figure
        size="large"
        label={
          <Term
            definition={
              <FormattedMessage
                id="definition.data_through"
                defaultMessage="Everything accepted up to this moment is in the figures."
              />
            }
          >
            <FormattedMessage id="about.through" defaultMessage="Data through" />
          </Term>
        }
        value={
          meta.data_through ? <FormattedTime value={meta.data_through} timeStyle="medium" /> : '–'
        }
        note={
          meta.stale ? (
            <FormattedMessage
              id="freshness.late"
              defaultMessage="Stale: what came in later is missing"
            />
          ) : (
            <FormattedMessage
              id="freshness.day"
              defaultMessage="Business day {day}"
              values={{ day: format.day(meta.as_of) }}
            />
          )
        }
      />
      <Figure
        label={<FormattedMessage id="freshness.check" defaultMessage="Checked with the source" />}
        value={
          last ? (
            <FormattedMessage
              id="freshness.verdict"
              defaultMessage="{matches, select, true {They agree} other {They differ}}"
              values={{ matches: String(last.matches) }}
            />
          ) : (
            <FormattedMessage id="about.reconciliation.none" defaultMessage="Not yet" />
          )
        }
        note={last && format.moment(last.ended_at)}
      />
    </Figures>
  );
}
