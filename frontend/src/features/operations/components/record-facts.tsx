/** What is kept of a refused record: where it lies, and ids, amounts and dates. */
import { Box, Typography } from '@mui/material';
import { FormattedMessage } from 'react-intl';
import { Fact, Facts } from '@/components/facts';
import { useFormat } from '@/components/use-format';
import type { QuarantinedRecord } from '@/lib/api';

export function RecordFacts({ record }: { record: QuarantinedRecord }) {
  const format = useFormat();
  const fields = Object.entries(record.fields);
  return (
    <>
      <Facts>
        <Fact name={<FormattedMessage id="record.when" defaultMessage="Refused" />}>
          {format.moment(record.recorded_at)}
        </Fact>
        <Fact name={<FormattedMessage id="run.source" defaultMessage="Source" />}>
          <bdi>{record.source ?? '–'}</bdi>
        </Fact>
        <Fact name={<FormattedMessage id="record.type" defaultMessage="Type of event" />}>
          {record.event_type ?? '–'}
        </Fact>
        <Fact name={<FormattedMessage id="record.event" defaultMessage="Event id" />}>
          <bdi>{record.event_id ?? '–'}</bdi>
        </Fact>
        <Fact name={<FormattedMessage id="record.place" defaultMessage="Where it lies" />}>
          <code>
            {record.topic} {record.kafka_partition}:{record.kafka_offset}
          </code>
        </Fact>
        <Fact name={<FormattedMessage id="about.digest" defaultMessage="Digest" />}>
          <code>{record.digest.slice(0, 16)}…</code>
        </Fact>
      </Facts>
      <Box>
        <Typography variant="h2" component="h3" sx={{ mb: 1 }}>
          <FormattedMessage id="record.fields" defaultMessage="What is kept of it" />
        </Typography>
        {fields.length === 0 ? (
          <Typography variant="body2" color="textSecondary">
            <FormattedMessage
              id="record.fields.none"
              defaultMessage="Nothing: it could not be read far enough to tell which of its fields may be kept."
            />
          </Typography>
        ) : (
          <Facts>
            {fields.map(([name, value]) => (
              <Fact key={name} name={<code>{name}</code>}>
                <bdi>{value}</bdi>
              </Fact>
            ))}
          </Facts>
        )}
      </Box>
    </>
  );
}
