/** One receivable in detail, beside the list it was opened from. */
import { Box, Drawer, IconButton, Typography } from '@mui/material';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { type ReceivableQuestion, useReceivable } from '../api/get-receivable';
import { ReceivableFacts } from './receivable-facts';
import { ErrorPanel } from '@/components/error-panel';
import { ReportSkeleton } from '@/components/report-skeleton';

interface ReceivableDrawerProps {
  question: ReceivableQuestion | null;
  onClose: () => void;
  /** The way to a patient's history, for who may see it. */
  patientLink: (patient: string) => ReactNode;
}

export function ReceivableDrawer({ question, onClose, patientLink }: ReceivableDrawerProps) {
  const intl = useIntl();
  return (
    <Drawer
      anchor="right"
      open={question !== null}
      onClose={onClose}
      slotProps={{
        paper: {
          role: 'dialog',
          'aria-labelledby': 'receivable-title',
          sx: { width: 620, maxWidth: '100vw', p: { xs: 2, sm: 3 } },
        },
      }}
    >
      <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 1, mb: 2 }}>
        <Typography id="receivable-title" variant="h1" component="h2" sx={{ flexGrow: 1 }}>
          <FormattedMessage
            id="receivable"
            defaultMessage="Invoice {invoice}"
            values={{ invoice: <bdi>{question?.invoice_id}</bdi> }}
          />
        </Typography>
        <IconButton
          onClick={onClose}
          aria-label={intl.formatMessage({ id: 'close', defaultMessage: 'Close' })}
        >
          <X size={20} aria-hidden />
        </IconButton>
      </Box>
      {question && <Detail question={question} patientLink={patientLink} />}
    </Drawer>
  );
}

interface DetailProps {
  question: ReceivableQuestion;
  patientLink: ReceivableDrawerProps['patientLink'];
}

function Detail({ question, patientLink }: DetailProps) {
  const { data, error, refetch } = useReceivable(question);
  if (data) return <ReceivableFacts detail={data} patientLink={patientLink} />;
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return <ReportSkeleton />;
}
