/** What a verification found: the verdict, what was walked along, and what it was compared with. */
import { Alert, AlertTitle, Stack } from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { verdictWords } from '../words';
import { type Column, DataTable } from '@/components/data-table';
import { Figure, Figures } from '@/components/figure';
import { type Format, useFormat } from '@/components/use-format';
import type { AuditProof } from '@/lib/api';

const SEVERITY = { intact: 'success', broken: 'error', unanchored: 'warning' } as const;

export function ProofReport({ proof }: { proof: AuditProof }) {
  const intl = useIntl();
  const format = useFormat();
  return (
    <Stack spacing={2.5}>
      <Alert severity={SEVERITY[proof.verdict]}>
        <AlertTitle>
          <FormattedMessage {...verdictWords[proof.verdict]} />
        </AlertTitle>
        {proof.finding ? (
          <FormattedMessage
            id="proof.finding"
            defaultMessage="Records {first, number} to {last, number}: {problem}"
            values={{
              first: proof.finding.first_sequence,
              last: proof.finding.last_sequence,
              problem: proof.finding.problem,
            }}
          />
        ) : (
          <FormattedMessage
            id="proof.walked"
            defaultMessage="Records {from, number} to {through, number} were verified."
            values={{ from: proof.verified_from, through: proof.verified_through }}
          />
        )}
      </Alert>
      <Figures least={190}>
        <Figure
          label={<FormattedMessage id="proof.extent" defaultMessage="The log holds" />}
          value={`${format.count(proof.first_sequence)} – ${format.count(proof.last_sequence)}`}
        />
        <Figure
          label={<FormattedMessage id="proof.full" defaultMessage="Last full verification" />}
          value={
            proof.last_full_run ? (
              format.moment(proof.last_full_run.ended_at)
            ) : (
              <FormattedMessage id="about.reconciliation.none" defaultMessage="Not yet" />
            )
          }
          note={proof.last_full_run && <FullRun run={proof.last_full_run} />}
        />
      </Figures>
      <DataTable
        caption={intl.formatMessage({ id: 'proof.sources', defaultMessage: 'Checkpoints' })}
        columns={sourceColumns(format)}
        rows={proof.sources}
        rowKey={(one) => one.source}
      />
    </Stack>
  );
}

function FullRun({ run }: { run: NonNullable<AuditProof['last_full_run']> }) {
  return (
    <FormattedMessage
      id="proof.full.note"
      defaultMessage="{verdict}, through record {through, number}, by {name}"
      values={{ verdict: run.verdict, through: run.through_sequence, name: <bdi>{run.by}</bdi> }}
    />
  );
}

type Source = AuditProof['sources'][number];

function sourceColumns(format: Format): Column<Source>[] {
  return [
    {
      key: 'source',
      head: <FormattedMessage id="proof.where" defaultMessage="Checkpoints in" />,
      cell: (one) =>
        one.outside ? (
          <FormattedMessage id="proof.file" defaultMessage="a file outside the database" />
        ) : (
          <FormattedMessage id="proof.database" defaultMessage="the database" />
        ),
    },
    {
      key: 'compared',
      head: <FormattedMessage id="proof.compared" defaultMessage="Compared" />,
      cell: (one) => format.count(one.compared),
      isFigure: true,
    },
    {
      key: 'invalid',
      head: <FormattedMessage id="proof.invalid" defaultMessage="Not genuine" />,
      cell: (one) => format.count(one.invalid),
      isFigure: true,
    },
    {
      key: 'last',
      head: <FormattedMessage id="proof.last" defaultMessage="Newest covers" />,
      cell: (one) => (one.last_sequence === null ? '–' : format.count(one.last_sequence)),
      isFigure: true,
      from: 'sm',
    },
    {
      key: 'sealed',
      head: <FormattedMessage id="proof.sealed" defaultMessage="Sealed" />,
      cell: (one) => (one.last_sealed_at ? format.moment(one.last_sealed_at) : '–'),
      isFixed: true,
      from: 'sm',
    },
  ];
}
