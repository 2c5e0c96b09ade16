/** How fresh the figures on screen are, and on request where they come from. */
import { Box, Button, Popover } from '@mui/material';
import { History, Info, TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { FormattedMessage, FormattedTime, useIntl } from 'react-intl';
import { AboutFigures } from './about-figures';
import type { Meta } from '@/lib/api';
import { role } from '@/theme/theme';

export function FreshnessBadge({ meta }: { meta: Meta | undefined }) {
  const intl = useIntl();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (!meta) return null;
  const { icon, color, text } = stateOf(meta);
  return (
    <>
      <Button
        size="small"
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        sx={{ color, fontWeight: 500, minHeight: 32, px: 1, textAlign: 'start' }}
      >
        {icon}
        <span>{text}</span>
        <Info size={14} aria-hidden style={{ marginInlineStart: 6, flexShrink: 0 }} />
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': intl.formatMessage({
              id: 'about',
              defaultMessage: 'About these figures',
            }),
            sx: { p: 2.5, width: 420, maxWidth: 'calc(100vw - 32px)', mt: 0.5 },
            variant: 'outlined',
          },
        }}
      >
        <AboutFigures meta={meta} />
      </Popover>
    </>
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

function LiveDot() {
  return (
    <Box
      aria-hidden
      sx={{
        width: 8,
        height: 8,
        borderRadius: '50%',
        backgroundColor: role('tealLine'),
        marginInlineEnd: '8px',
        flexShrink: 0,
      }}
    />
  );
}
