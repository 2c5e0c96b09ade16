/** Something in detail, beside the page it was opened from; Escape and the cross close it. */
import { Box, Drawer, IconButton, Typography } from '@mui/material';
import { X } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { useIntl } from 'react-intl';

interface SideSheetProps {
  title: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}

export function SideSheet({ title, open, onClose, children }: SideSheetProps) {
  const intl = useIntl();
  const id = useId();
  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={onClose}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-labelledby': id,
          sx: { width: 640, maxWidth: '100vw', p: { xs: 2, sm: 3 } },
        },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mb: 2 }}>
        <Typography id={id} variant="h1" component="h2" sx={{ flexGrow: 1, minWidth: 0 }}>
          {title}
        </Typography>
        <IconButton
          onClick={onClose}
          aria-label={intl.formatMessage({ id: 'close', defaultMessage: 'Close' })}
        >
          <X size={20} aria-hidden />
        </IconButton>
      </Box>
      {children}
    </Drawer>
  );
}
