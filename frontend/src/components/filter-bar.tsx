/** The filters of a page in one row that wraps; a landmark of its own for screen readers. */
import { Box } from '@mui/material';
import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';

export function FilterBar({ label, children }: { label?: string; children: ReactNode }) {
  const intl = useIntl();
  return (
    <Box
      role="search"
      aria-label={label ?? intl.formatMessage({ id: 'filters', defaultMessage: 'Filters' })}
      className="no-print"
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', mb: 2.5 }}
    >
      {children}
    </Box>
  );
}
