/** A receivable's figures, its payment plan, and every event that touched it. */
import { Box, Link, Stack, Typography } from '@mui/material';
import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { InstallmentTable } from './installment-table';
import { EntryTable } from '@/components/entry-table';
import { payerName } from '@/components/entry-words';
import { Explained } from '@/components/explained';
import { Figure, Figures } from '@/components/figure';
import { StatusChip } from '@/components/status-chip';
import { useFormat } from '@/components/use-format';
import { clinicName, useAccount } from '@/lib/account';
import type { ReceivableDetail } from '@/lib/api';

interface ReceivableFactsProps {
  detail: ReceivableDetail;
  patientLink: (patient: string) => ReactNode;
}

export function ReceivableFacts({ detail, patientLink }: ReceivableFactsProps) {
  const intl = useIntl();
  const account = useAccount();
  const format = useFormat(detail.meta.currencies);
  const one = detail.receivable;
  const { full } = format.money(one.currency);
  return (
    <Stack spacing={3}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <StatusChip status={one.status} />
        <Typography variant="body2" color="textSecondary">
          <bdi>{clinicName(account, one.clinic_id)}</bdi>
        </Typography>
        {/* Auditors get receivables without saying whose they are. */}
        {one.patient_id !== null && patientLink(one.patient_id)}
        {detail.patient_url && (
          <Link href={detail.patient_url} target="_blank" rel="noopener noreferrer" variant="body2">
            <FormattedMessage
              id="receivable.practice"
              defaultMessage="Open in the practice system"
            />{' '}
            <ExternalLink size={13} aria-hidden />
          </Link>
        )}
      </Box>
      <Figures least={130}>
        <Figure
          size="large"
          label={<FormattedMessage id="column.balance" defaultMessage="Balance" />}
          value={
            <Explained
              question={{
                metric: 'receivable_balance',
                currency: one.currency,
                clinic_id: one.clinic_id,
                invoice_id: one.invoice_id,
                as_of: detail.meta.as_of,
                watermark: detail.meta.watermark,
              }}
            >
              {full(one.balance)}
            </Explained>
          }
          note={
            one.days_overdue > 0 && (
              <FormattedMessage
                id="receivable.overdue"
                defaultMessage="{days, plural, one {# day} other {# days}} overdue"
                values={{ days: one.days_overdue }}
              />
            )
          }
        />
        <Figure
          label={<FormattedMessage id="column.charge" defaultMessage="Charge" />}
          value={full(one.charge)}
        />
        <Figure
          label={<FormattedMessage id="column.adjustments" defaultMessage="Adjustments" />}
          value={full(one.adjustments)}
        />
        <Figure
          label={<FormattedMessage id="column.landed" defaultMessage="Paid on it" />}
          value={full(one.landed)}
        />
        {one.written_off !== 0 && (
          <Figure
            label={<FormattedMessage id="receivable.written-off" defaultMessage="Written off" />}
            value={full(one.written_off)}
          />
        )}
        <Figure
          label={<FormattedMessage id="column.payer" defaultMessage="Who owes" />}
          value={payerName(intl, one.payer_type)}
        />
        <Figure
          label={<FormattedMessage id="column.issued" defaultMessage="Issued" />}
          value={format.day(one.issued_on)}
        />
        <Figure
          label={<FormattedMessage id="column.due" defaultMessage="Due" />}
          value={format.day(one.due_on)}
        />
        {one.service_date && (
          <Figure
            label={<FormattedMessage id="receivable.service" defaultMessage="Service date" />}
            value={format.day(one.service_date)}
          />
        )}
      </Figures>
      {detail.installments.length > 0 && (
        <Box>
          <Typography variant="h2" component="h3" sx={{ mb: 1 }}>
            <FormattedMessage id="receivable.plan" defaultMessage="Payment plan" />
          </Typography>
          <InstallmentTable
            installments={detail.installments}
            currency={one.currency}
            format={format}
          />
        </Box>
      )}
      <Box>
        <Typography variant="h2" component="h3" sx={{ mb: 1 }}>
          <FormattedMessage id="receivable.history" defaultMessage="What happened" />
        </Typography>
        <EntryTable
          caption={intl.formatMessage({
            id: 'receivable.history',
            defaultMessage: 'What happened',
          })}
          entries={detail.entries}
          format={format}
          withBalance={false}
        />
      </Box>
    </Stack>
  );
}
