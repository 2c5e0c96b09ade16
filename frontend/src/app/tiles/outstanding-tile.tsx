/** What is open now in each currency, and how much of it is old. */
import { Skeleton } from '@mui/material';
import { FormattedMessage } from 'react-intl';
import { Tile } from './tile';
import { ErrorPanel } from '@/components/error-panel';
import { Explained } from '@/components/explained';
import { Figure, Figures } from '@/components/figure';
import { figureWords } from '@/components/metric-words';
import { Term } from '@/components/term';
import { useFormat } from '@/components/use-format';
import { AgingStrip } from '@/features/outstanding/components/aging-strip';
import { figureQuestions } from '@/features/outstanding/figure-questions';
import type { OutstandingSummary } from '@/lib/api';
import type { ScopeSearch } from '@/lib/search';

interface OutstandingTileProps {
  summary: OutstandingSummary | undefined;
  error: unknown;
  onRetry: () => void;
  search: ScopeSearch;
}

export function OutstandingTile({ summary, error, onRetry, search }: OutstandingTileProps) {
  return (
    <Tile
      least={440}
      to="/outstanding"
      title={<FormattedMessage id="tile.outstanding" defaultMessage="Outstanding now" />}
      open={<FormattedMessage id="tile.outstanding.open" defaultMessage="Open receivables" />}
    >
      {summary ? (
        <Open summary={summary} search={search} />
      ) : error ? (
        <ErrorPanel error={error} onRetry={onRetry} />
      ) : (
        <Skeleton variant="rounded" sx={{ flexGrow: 1, minHeight: 180 }} />
      )}
    </Tile>
  );
}

function Open({ summary, search }: { summary: OutstandingSummary; search: ScopeSearch }) {
  const format = useFormat(summary.meta.currencies);
  const blocks = summary.currencies.filter((one) => one.outstanding.count > 0);
  if (blocks.length === 0) {
    return <FormattedMessage id="outstanding.empty" defaultMessage="Nothing is open" />;
  }
  return blocks
    .sort((a, b) => b.outstanding.count - a.outstanding.count)
    .map((one) => (
      <div key={one.currency}>
        <Figures>
          <Figure
            size={one === blocks[0] ? 'large' : 'normal'}
            label={
              one === blocks[0] ? (
                <Term metric="outstanding" definition={<Definition />}>
                  <FormattedMessage {...figureWords.outstanding} />
                </Term>
              ) : (
                one.currency
              )
            }
            value={
              <Explained
                question={figureQuestions(summary.meta, one.currency, search)('outstanding')}
              >
                {format.money(one.currency).full(one.outstanding.amount)}
              </Explained>
            }
            note={
              <FormattedMessage
                id="summary.count"
                defaultMessage="{count, plural, one {# receivable} other {# receivables}}"
                values={{ count: one.outstanding.count }}
              />
            }
          />
        </Figures>
        <AgingStrip summary={one} format={format} />
      </div>
    ));
}

function Definition() {
  return (
    <FormattedMessage
      id="definition.outstanding"
      defaultMessage="The sum of what is still open on invoices. Overpaid invoices and unapplied credits are not taken off."
    />
  );
}
