/** What a run counted, when it was, and who wanted it. */
import { FormattedMessage } from 'react-intl';
import { seconds } from './run-columns';
import { Fact, Facts } from '@/components/facts';
import { Figure, Figures } from '@/components/figure';
import { useFormat } from '@/components/use-format';
import type { Run } from '@/lib/api';

export function RunFigures({ run }: { run: Run }) {
  const format = useFormat();
  return (
    <>
      <Figures least={130}>
        <Figure
          label={<FormattedMessage id="run.read" defaultMessage="Read" />}
          value={format.count(run.read)}
          note={
            run.expected !== null && (
              <FormattedMessage
                id="run.expected"
                defaultMessage="of {count, number} in the source"
                values={{ count: run.expected }}
              />
            )
          }
        />
        <Figure
          label={<FormattedMessage id="run.published" defaultMessage="Published" />}
          value={format.count(run.published)}
        />
        <Figure
          label={<FormattedMessage id="run.unchanged" defaultMessage="Unchanged" />}
          value={format.count(run.unchanged)}
        />
        <Figure
          label={<FormattedMessage id="run.deleted" defaultMessage="Taken back" />}
          value={format.count(run.deleted)}
        />
        <Figure
          label={<FormattedMessage id="run.quarantined" defaultMessage="Quarantined" />}
          value={format.count(run.quarantined)}
        />
        <Figure
          label={<FormattedMessage id="run.lag" defaultMessage="Lag" />}
          value={seconds(run.lag_seconds)}
        />
        <Figure
          label={<FormattedMessage id="run.duration" defaultMessage="Duration" />}
          value={seconds(run.duration_seconds)}
        />
      </Figures>
      <RunFacts run={run} />
    </>
  );
}

function RunFacts({ run }: { run: Run }) {
  const format = useFormat();
  return (
    <Facts>
      <Fact name={<FormattedMessage id="run.by" defaultMessage="Started by" />}>
        <bdi>{run.started_by}</bdi>
      </Fact>
      {run.from_date && run.to_date && (
        <Fact name={<FormattedMessage id="run.days" defaultMessage="Days" />}>
          {format.day(run.from_date)} – {format.day(run.to_date)}
        </Fact>
      )}
      <Fact name={<FormattedMessage id="run.when" defaultMessage="Started" />}>
        {run.started_at ? format.moment(run.started_at) : '–'}
      </Fact>
      <Fact name={<FormattedMessage id="run.ended" defaultMessage="Ended" />}>
        {run.ended_at ? format.moment(run.ended_at) : '–'}
      </Fact>
      <Fact name={<FormattedMessage id="run.through" defaultMessage="Latest change read" />}>
        {run.data_through ? format.moment(run.data_through) : '–'}
      </Fact>
      <Fact name={<FormattedMessage id="run.id" defaultMessage="Run id" />}>
        <code>{run.run_id}</code>
      </Fact>
    </Facts>
  );
}
