/** Where an answer comes from: day, basis, zones, definitions, watermark, digest, reconciliation. */
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { defineMessages, FormattedMessage, useIntl } from 'react-intl';
import { useIsLive } from '@/components/live-state';
import { useFormat } from '@/components/use-format';
import type { Meta } from '@/lib/api';

const bases = defineMessages({
  business_date: { id: 'basis.business_date', defaultMessage: 'business date' },
  due_date: { id: 'basis.due_date', defaultMessage: 'due date' },
  service_date: { id: 'basis.service_date', defaultMessage: 'service date' },
  issued_on: { id: 'basis.issued_on', defaultMessage: 'date of issue' },
});

export function AboutFigures({ meta }: { meta: Meta }) {
  const intl = useIntl();
  const format = useFormat();
  const isLive = useIsLive();
  return (
    <>
      <Typography variant="h3" component="h2" sx={{ mb: 1.5 }}>
        <FormattedMessage id="about" defaultMessage="About these figures" />
      </Typography>
      <Box
        component="dl"
        sx={{ m: 0, display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, rowGap: 0.75 }}
      >
        <Fact name={<FormattedMessage id="about.as-of" defaultMessage="As of" />}>
          {format.day(meta.as_of)}
        </Fact>
        <Fact name={<FormattedMessage id="about.basis" defaultMessage="Dated by" />}>
          {intl.formatMessage(bases[meta.basis])}
        </Fact>
        <Fact name={<FormattedMessage id="about.through" defaultMessage="Data through" />}>
          {meta.data_through ? format.moment(meta.data_through) : '–'}
        </Fact>
        <Fact name={<FormattedMessage id="about.updates" defaultMessage="Updates" />}>
          {isLive ? (
            <FormattedMessage
              id="about.updates.live"
              defaultMessage="As soon as something changes"
            />
          ) : (
            <FormattedMessage id="about.updates.polled" defaultMessage="Once a minute" />
          )}
        </Fact>
        <Fact name={<FormattedMessage id="about.zones" defaultMessage="Counted in" />}>
          {meta.time_zones.join(', ')}
        </Fact>
        <Fact name={<FormattedMessage id="about.reconciliation" defaultMessage="Reconciled" />}>
          <Reconciled meta={meta} />
        </Fact>
        <Fact name={<FormattedMessage id="about.watermark" defaultMessage="Watermark" />}>
          <code>{meta.watermark}</code>
        </Fact>
        <Fact name={<FormattedMessage id="about.digest" defaultMessage="Digest" />}>
          <code>{meta.digest.slice(0, 16)}…</code>
        </Fact>
        <Fact name={<FormattedMessage id="about.definitions" defaultMessage="Definitions" />}>
          {meta.definitions.map(({ id, version }) => `${id} v${version}`).join(', ') || '–'}
        </Fact>
      </Box>
    </>
  );
}

function Reconciled({ meta }: { meta: Meta }) {
  const format = useFormat();
  const last = meta.reconciliation;
  if (!last) return <FormattedMessage id="about.reconciliation.none" defaultMessage="Not yet" />;
  const at = format.moment(last.ended_at);
  return last.matches ? (
    <FormattedMessage
      id="about.reconciliation.good"
      defaultMessage="{at}: source and reports agree"
      values={{ at }}
    />
  ) : (
    <FormattedMessage
      id="about.reconciliation.bad"
      defaultMessage="{at}: source and reports differ"
      values={{ at }}
    />
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <Typography component="dt" variant="caption" color="textSecondary">
        {name}
      </Typography>
      <Typography component="dd" variant="caption" sx={{ m: 0, overflowWrap: 'anywhere' }}>
        {children}
      </Typography>
    </>
  );
}
