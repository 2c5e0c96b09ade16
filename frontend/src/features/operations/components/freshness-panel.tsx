/** How far behind the reports are, why, and how the last reconciliation ended. */
import { FormattedMessage } from 'react-intl';
import { Duration } from '@/components/duration';
import { Figure, Figures } from '@/components/figure';
import { Panel } from '@/components/panel';
import { Term } from '@/components/term';
import { useFormat } from '@/components/use-format';
import type { Meta } from '@/lib/api';

export function FreshnessPanel({ meta }: { meta: Meta | undefined }) {
  const format = useFormat();
  const through = meta?.data_through;
  return (
    <Panel title={<FormattedMessage id="operations.reports" defaultMessage="The reports" />}>
      <Figures least={220}>
        <Figure
          label={<FormattedMessage id="about.through" defaultMessage="Data through" />}
          value={meta && (through ? format.moment(through) : '–')}
          note={meta && <State meta={meta} />}
        />
        <Figure
          label={
            <Term
              definition={
                <FormattedMessage
                  id="operations.lag.definition"
                  defaultMessage="Between the latest event in the reports and this answer. It grows while nothing comes in, too."
                />
              }
            >
              <FormattedMessage id="operations.lag" defaultMessage="Behind by" />
            </Term>
          }
          value={meta && (through ? <Duration seconds={lagSeconds(meta, through)} /> : '–')}
        />
        <Figure
          label={
            <FormattedMessage id="operations.reconciled" defaultMessage="Last reconciliation" />
          }
          value={meta && <Reconciled meta={meta} />}
          note={<ReconciledNote meta={meta} />}
        />
      </Figures>
    </Panel>
  );
}

function lagSeconds(meta: Meta, through: string): number {
  return Math.max(0, (Date.parse(meta.answered_at) - Date.parse(through)) / 1000);
}

function State({ meta }: { meta: Meta }) {
  if (!meta.stale) return <FormattedMessage id="operations.live" defaultMessage="Up to date" />;
  return (
    <>
      {meta.stale_reasons.map((reason) => (
        <span key={reason} style={{ display: 'block' }}>
          <FormattedMessage
            id="operations.stale"
            defaultMessage="{reason, select, source_run_overdue {Stale: a run over a source is overdue} nothing_applied_yet {Stale: nothing was applied yet} other {Stale: nothing newer than a minute}}"
            values={{ reason }}
          />
        </span>
      ))}
    </>
  );
}

function Reconciled({ meta }: { meta: Meta }) {
  const last = meta.reconciliation;
  if (!last) return <FormattedMessage id="about.reconciliation.none" defaultMessage="Not yet" />;
  return last.matches ? (
    <FormattedMessage id="operations.agrees" defaultMessage="Source and reports agree" />
  ) : (
    <FormattedMessage id="operations.differs" defaultMessage="Source and reports differ" />
  );
}

function ReconciledNote({ meta }: { meta: Meta | undefined }) {
  const format = useFormat();
  if (!meta) return null;
  const last = meta.reconciliation;
  if (!last) {
    return (
      <FormattedMessage
        id="operations.reconciled.none"
        defaultMessage="Every run over a practice’s database ends with one."
      />
    );
  }
  return (
    <FormattedMessage
      id="operations.reconciled.when"
      defaultMessage="{source}, {moment}"
      values={{ source: <bdi>{last.source}</bdi>, moment: format.moment(last.ended_at) }}
    />
  );
}
