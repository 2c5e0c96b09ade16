/** Which figure it is: its days, clinic and filters, its formula, and the state it was known in. */
import { Typography } from '@mui/material';
import { FormattedList, FormattedMessage, useIntl } from 'react-intl';
import { bucketWords } from '@/components/bucket-words';
import { useMetric } from '@/components/catalog';
import { payerName } from '@/components/entry-words';
import { useFormat } from '@/components/use-format';
import { clinicName, useAccount } from '@/lib/account';
import type { Meta } from '@/lib/api';
import type { FigureQuestion } from '@/lib/figures';

export function FigureScope({ question, meta }: { question: FigureQuestion; meta: Meta }) {
  const intl = useIntl();
  const account = useAccount();
  const format = useFormat();
  const definition = useMetric(question.metric);
  const { start_date: start, end_date: end, bucket } = question;
  const days =
    start && end && start !== end
      ? intl.formatMessage(
          { id: 'explain.days', defaultMessage: '{start} to {end}' },
          { start: format.day(start), end: format.day(end) },
        )
      : format.day(start ?? meta.as_of);
  const parts = [
    days,
    bucket && intl.formatMessage(bucketWords[bucket]),
    question.clinic_id && clinicName(account, question.clinic_id),
    question.invoice_id,
    question.patient_id,
    question.payer_type && payerName(intl, question.payer_type),
    question.method,
    question.category,
    question.provider,
  ].filter((part): part is string => Boolean(part));
  return (
    <div>
      <Typography>
        <FormattedList
          type="unit"
          value={parts.map((part) => (
            <bdi key={part}>{part}</bdi>
          ))}
        />
      </Typography>
      {definition && (
        <Typography variant="caption" color="textSecondary" component="p">
          <FormattedMessage
            id="term.formula"
            defaultMessage="Formula, version {version}: {formula}"
            values={{ version: definition.version, formula: definition.formula }}
          />
        </Typography>
      )}
    </div>
  );
}
