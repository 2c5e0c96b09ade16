/** A figure that opens what it is made of, for who may see that; for others it is only the figure. */
import { Box, Tooltip } from '@mui/material';
import { createContext, type ReactNode, use } from 'react';
import { FormattedMessage } from 'react-intl';
import { useAccount } from '@/lib/account';
import { type FigureQuestion, mayExplain } from '@/lib/figures';
import { role } from '@/theme/theme';

type Open = (question: FigureQuestion) => void;

const ExplainContext = createContext<Open | null>(null);
export const ExplainProvider = ExplainContext;

/** Opens the entries behind a figure; undefined if the account may not see them. */
export function useExplain(metric: FigureQuestion['metric']): Open | undefined {
  const account = useAccount();
  const open = use(ExplainContext);
  return open && mayExplain(account, metric) ? open : undefined;
}

interface ExplainedProps {
  /** Undefined for a figure no question can be asked about. */
  question: FigureQuestion | undefined;
  children: ReactNode;
}

export function Explained({ question, children }: ExplainedProps) {
  const explain = useExplain(question?.metric ?? 'net_payments');
  if (!question || !explain) return children;
  const title = <FormattedMessage id="explain.do" defaultMessage="Show what this is made of" />;
  return (
    <Tooltip title={title}>
      <Box component="button" type="button" onClick={() => explain(question)} sx={look}>
        {children}
      </Box>
    </Tooltip>
  );
}

const look = {
  all: 'unset',
  cursor: 'pointer',
  borderRadius: 0.5,
  textDecoration: 'underline',
  textDecorationColor: role('hairline'),
  textDecorationThickness: '1.5px',
  textUnderlineOffset: '4px',
  '&:hover': { textDecorationColor: role('accentText') },
  '&:focus-visible': { outline: `2px solid ${role('accentText')}`, outlineOffset: 2 },
  '@media print': { textDecoration: 'none' },
} as const;
