/** How fresh the figures on screen are, and on request where they come from. */
import { Box } from '@mui/material';
import { History, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { FormattedMessage, FormattedTime } from 'react-intl';
import { AboutButton } from './about-button';
import { useIsLive } from '@/components/live-state';
import type { Meta } from '@/lib/api';
import { role } from '@/theme/theme';

export function FreshnessBadge({ meta }: { meta: Meta | undefined }) {
  if (!meta) return null;
  const { icon, color, text } = stateOf(meta);
  return (
    <AboutButton
      meta={meta}
      sx={{ color, fontWeight: 500, minHeight: 32, px: 1, textAlign: 'start' }}
    >
      {icon}
      <span>{text}</span>
      <Info size={14} aria-hidden style={{ marginInlineStart: 6, flexShrink: 0 }} />
    </AboutButton>
  );
}

function stateOf(meta: Meta): { icon: ReactNode; color: string; text: ReactNode } {
  const icon = { size: 15, 'aria-hidden': true, style: { marginInlineEnd: 6, flexShrink: 0 } };
  const time = meta.data_through && <FormattedTime value={meta.data_through} timeStyle="medium" />;
  if (meta.stale) {
    return {
      icon: <TriangleAlert {...icon} />,
      color: role('cautionText'),
      text: time ? (
        <FormattedMessage
          id="freshness.stale"
          defaultMessage="Stale since {time}"
          values={{ time }}
        />
      ) : (
        <FormattedMessage id="freshness.nothing" defaultMessage="No data applied yet" />
      ),
    };
  }
  if (!time) {
    return {
      icon: <History {...icon} />,
      color: role('textQuiet'),
      text: <FormattedMessage id="freshness.earlier" defaultMessage="As known earlier" />,
    };
  }
  return {
    icon: <LiveDot />,
    color: role('textQuiet'),
    text: (
      <FormattedMessage
        id="freshness.live"
        defaultMessage="Data through {time}"
        values={{ time }}
      />
    ),
  };
}

/** Full while changes are told at once, hollow while they are asked for now and then. */
function LiveDot() {
  const isLive = useIsLive();
  return (
    <Box
      aria-hidden
      sx={{
        width: 9,
        height: 9,
        borderRadius: '50%',
        border: `2px solid ${role('tealLine')}`,
        ...(isLive && { backgroundColor: role('tealLine') }),
        marginInlineEnd: '8px',
        flexShrink: 0,
      }}
    />
  );
}
