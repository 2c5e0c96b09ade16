/** One receivable in detail, beside the list it was opened from. */
import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { type ReceivableQuestion, useReceivable } from '../api/get-receivable';
import { ReceivableFacts } from './receivable-facts';
import { ErrorPanel } from '@/components/error-panel';
import { ReportSkeleton } from '@/components/report-skeleton';
import { SideSheet } from '@/components/side-sheet';

interface ReceivableDrawerProps {
  question: ReceivableQuestion | null;
  onClose: () => void;
  /** The way to a patient's history, for who may see it. */
  patientLink: (patient: string) => ReactNode;
}

export function ReceivableDrawer({ question, onClose, patientLink }: ReceivableDrawerProps) {
  return (
    <SideSheet
      open={question !== null}
      onClose={onClose}
      title={
        <FormattedMessage
          id="receivable"
          defaultMessage="Invoice {invoice}"
          values={{ invoice: <bdi>{question?.invoice_id}</bdi> }}
        />
      }
    >
      {question && <Detail question={question} patientLink={patientLink} />}
    </SideSheet>
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
