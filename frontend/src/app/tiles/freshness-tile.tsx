/** How fresh all the figures are; leads to the runs that bring data in, for who may see those. */
import { Button, Skeleton } from '@mui/material';
import { createLink } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { FormattedMessage } from 'react-intl';
import { Panel } from '@/components/panel';
import { AboutButton } from '@/features/freshness/components/about-button';
import { FreshnessFigures } from '@/features/freshness/components/freshness-figures';
import { may, useAccount } from '@/lib/account';
import type { Meta } from '@/lib/api';

const LinkButton = createLink(Button);

export function FreshnessTile({ meta }: { meta: Meta | undefined }) {
  const account = useAccount();
  return (
    <Panel
      title={<FormattedMessage id="tile.freshness" defaultMessage="Freshness" />}
      actions={
        may(account, 'runs:read') ? (
          <LinkButton to="/operations" size="small" endIcon={<ArrowRight size={15} aria-hidden />}>
            <FormattedMessage id="tile.freshness.open" defaultMessage="Open operations" />
          </LinkButton>
        ) : (
          meta && (
            <AboutButton meta={meta}>
              <FormattedMessage id="about" defaultMessage="About these figures" />
            </AboutButton>
          )
        )
      }
    >
      {meta ? <FreshnessFigures meta={meta} /> : <Skeleton variant="rounded" height={96} />}
    </Panel>
  );
}
