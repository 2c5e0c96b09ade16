/** A figure of the overview that opens its report. */
import { Box, Button, Paper, Typography } from '@mui/material';
import { createLink } from '@tanstack/react-router';
import { ArrowRight } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import type { Destination } from '../navigation';

const LinkButton = createLink(Button);

interface TileProps {
  title: ReactNode;
  to: Destination['to'];
  open: ReactNode;
  children: ReactNode;
  /** Room kept from the start, so that nothing below jumps when the figures come. */
  least: number;
}

export function Tile({ title, to, open, least, children }: TileProps) {
  const id = useId();
  return (
    <Paper
      component="section"
      aria-labelledby={id}
      variant="outlined"
      sx={{
        p: { xs: 2, sm: 2.5 },
        display: 'flex',
        flexDirection: 'column',
        gap: 1.5,
        minWidth: 0,
        minHeight: { sm: least },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1 }}>
        <Typography id={id} variant="h2" sx={{ flexGrow: 1 }}>
          {title}
        </Typography>
        <LinkButton to={to} size="small" endIcon={<ArrowRight size={15} aria-hidden />}>
          {open}
        </LinkButton>
      </Box>
      {children}
    </Paper>
  );
}
