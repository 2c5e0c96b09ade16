/** How fresh all the figures are; opens where they come from. */
import { Skeleton } from '@mui/material';
import { ArrowRight } from 'lucide-react';
import { FormattedMessage } from 'react-intl';
import { Panel } from '@/components/panel';
import { AboutButton } from '@/features/freshness/components/about-button';
import { FreshnessFigures } from '@/features/freshness/components/freshness-figures';
import type { Meta } from '@/lib/api';

export function FreshnessTile({ meta }: { meta: Meta | undefined }) {
  return (
    <Panel
      title={<FormattedMessage id="tile.freshness" defaultMessage="Freshness" />}
      actions={
        meta && (
          <AboutButton meta={meta} endIcon={<ArrowRight size={15} aria-hidden />}>
            <FormattedMessage id="tile.freshness.open" defaultMessage="Where it comes from" />
          </AboutButton>
        )
      }
    >
      {meta ? <FreshnessFigures meta={meta} /> : <Skeleton variant="rounded" height={96} />}
    </Panel>
  );
}
