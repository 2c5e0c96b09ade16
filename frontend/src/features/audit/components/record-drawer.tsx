/** One audit record with everything it says. */
import { Stack } from '@mui/material';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { kindWords } from '../words';
import { OutcomeChip } from './outcome-chip';
import { SideSheet } from '@/components/side-sheet';
import { Fact, Facts } from '@/components/facts';
import { useFormat } from '@/components/use-format';
import type { AuditEntry } from '@/lib/api';

interface RecordDrawerProps {
  record: AuditEntry | undefined;
  onClose: () => void;
}

export function RecordDrawer({ record, onClose }: RecordDrawerProps) {
  return (
    <SideSheet
      open={record !== undefined}
      title={
        <FormattedMessage
          id="audit.record"
          defaultMessage="Record {sequence, number}"
          values={{ sequence: record?.sequence ?? 0 }}
        />
      }
      onClose={onClose}
    >
      {record && (
        <Stack spacing={2} sx={{ alignItems: 'flex-start' }}>
          <OutcomeChip outcome={record.outcome} />
          <RecordFacts record={record} />
        </Stack>
      )}
    </SideSheet>
  );
}

function RecordFacts({ record }: { record: AuditEntry }) {
  const intl = useIntl();
  const format = useFormat();
  const kind = Object.entries(kindWords).find(([name]) => name === record.actor_kind)?.[1];
  return (
    <Facts>
      <Fact name={<FormattedMessage id="audit.when" defaultMessage="When" />}>
        {format.moment(record.occurred_at)}
      </Fact>
      <Fact name={<FormattedMessage id="audit.actor" defaultMessage="Who" />}>
        <bdi>{record.actor}</bdi>, {kind ? intl.formatMessage(kind) : record.actor_kind}
        {record.role && ` (${record.role})`}
      </Fact>
      <Fact name={<FormattedMessage id="audit.action" defaultMessage="Act" />}>
        {record.action}
      </Fact>
      <Fact name={<FormattedMessage id="audit.on" defaultMessage="On what" />}>
        <bdi>{record.resource}</bdi>
      </Fact>
      <Fact name={<FormattedMessage id="audit.clinics" defaultMessage="Clinics" />}>
        {listed(record.clinic_ids)}
      </Fact>
      <Fact name={<FormattedMessage id="audit.patients" defaultMessage="Patients" />}>
        {listed(record.patient_ids)}
      </Fact>
      <Fact name={<FormattedMessage id="audit.count" defaultMessage="Like acts" />}>
        {format.count(record.count ?? 1)}
      </Fact>
      {Object.entries(record.details ?? {}).map(([name, value]) => (
        <Fact key={name} name={<code>{name}</code>}>
          {Array.isArray(value) ? listed(value) : <bdi>{value}</bdi>}
        </Fact>
      ))}
      <Fact name={<FormattedMessage id="audit.service" defaultMessage="Service" />}>
        {record.service}
      </Fact>
      <Fact name={<FormattedMessage id="audit.remote" defaultMessage="From where" />}>
        {record.remote ?? '–'}
      </Fact>
      <Fact name={<FormattedMessage id="audit.request" defaultMessage="Request id" />}>
        <code>{record.request_id ?? '–'}</code>
      </Fact>
      <Fact name={<FormattedMessage id="audit.trace" defaultMessage="Trace id" />}>
        <code>{record.trace_id ?? '–'}</code>
      </Fact>
      <Fact name={<FormattedMessage id="audit.id" defaultMessage="Record id" />}>
        <code>{record.id}</code>
      </Fact>
    </Facts>
  );
}

function listed(values: readonly string[] | undefined): ReactNode {
  return values?.length ? <bdi>{values.join(', ')}</bdi> : '–';
}
