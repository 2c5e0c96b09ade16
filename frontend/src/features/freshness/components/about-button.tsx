/** A button that opens where the figures on screen come from. */
import { Button, type ButtonProps, Popover } from '@mui/material';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { AboutFigures } from './about-figures';
import type { Meta } from '@/lib/api';

interface AboutButtonProps extends Pick<ButtonProps, 'children' | 'sx' | 'endIcon'> {
  meta: Meta;
}

export function AboutButton({ meta, ...button }: AboutButtonProps) {
  const intl = useIntl();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        onClick={(event) => setAnchor(event.currentTarget)}
        aria-haspopup="dialog"
        {...button}
      />
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
