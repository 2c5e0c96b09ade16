/** The top of a page: its one heading, what is said of its figures, and what can be done with them. */
import { Box, Typography } from '@mui/material';
import { type ReactNode, useEffect } from 'react';

interface PageHeaderProps {
  title: string;
  status?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, status, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Careledger`;
  }, [title]);
  return (
    <Box
      sx={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        columnGap: 2,
        rowGap: 1,
        mb: 2.5,
      }}
    >
      <Typography variant="h1" id="page-title" tabIndex={-1} sx={{ outline: 'none' }}>
        {title}
      </Typography>
      <Box sx={{ flexGrow: 1 }}>{status}</Box>
      {actions && (
        <Box className="no-print" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
          {actions}
        </Box>
      )}
    </Box>
  );
}
