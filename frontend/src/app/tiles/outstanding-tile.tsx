/** What is open now in each currency, and how much of it is old. */
import { Skeleton } from '@mui/material';
import { FormattedMessage } from 'react-intl';
import { Tile } from './tile';
import { ErrorPanel } from '@/components/error-panel';
import { Figure, Figures } from '@/components/figure';
import { useFormat } from '@/components/use-format';
import type { useSummary } from '@/features/outstanding/api/get-summary';
import { AgingStrip } from '@/features/outstanding/components/aging-strip';
import type { OutstandingSummary } from '@/lib/api';

export function OutstandingTile({ summary }: { summary: ReturnType<typeof useSummary> }) {
  const { data, error, refetch } = summary;
  return (
    <Tile
      to="/outstanding"
      title={<FormattedMessage id="tile.outstanding" defaultMessage="Outstanding now" />}
      open={<FormattedMessage id="tile.outstanding.open" defaultMessage="Open receivables" />}
    >
      {data ? (
        <Open summary={data} />
      ) : error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton variant="rounded" height={180} />
      )}
    </Tile>
  );
}

function Open({ summary }: { summary: OutstandingSummary }) {
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
            label={one.currency}
            value={format.money(one.currency).full(one.outstanding.amount)}
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
