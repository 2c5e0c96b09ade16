/** What is open by age, as bars; each opens its bucket, by click or by Enter. */
import { useIntl } from 'react-intl';
import {
  Bar,
  BarChart,
  CartesianGrid,
  LabelList,
  type LabelProps,
  Rectangle,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { type Bucket } from '../search';
import { shortBucketWords } from '../words';
import { bucketWords } from '@/components/bucket-words';
import { axisTick, FONT_SIZE } from '@/components/axis-tick';
import { axisWidth, noLines } from '@/components/chart-axes';
import { chartHint, ChartKeys } from '@/components/chart-keys';
import { ChartSpace } from '@/components/chart-space';
import { ChartTooltip } from '@/components/chart-tooltip';
import type { Format } from '@/components/use-format';
import type { CurrencySummary } from '@/lib/api';
import { agingColor, role } from '@/theme/theme';

const HEIGHT = 260;

interface AgingBarsProps {
  summary: CurrencySummary;
  chosen: Bucket | undefined;
  onChoose: (bucket: Bucket) => void;
  format: Format;
}

export function AgingBars({ summary, chosen, onChoose, format }: AgingBarsProps) {
  const intl = useIntl();
  const money = format.money(summary.currency);
  const rows = summary.buckets.map(({ bucket, amount }) => ({
    bucket,
    amount,
    name: intl.formatMessage(shortBucketWords[bucket]),
    longName: intl.formatMessage(bucketWords[bucket]),
    label: money.short(amount),
  }));
  const choose = (name: unknown) => {
    const row = rows.find((one) => one.name === name);
    if (row) onChoose(row.bucket);
  };
  return (
    <ChartKeys onOpen={choose}>
      {(follower) => (
        <ChartSpace height={HEIGHT}>
          {(width) => (
            <BarChart
              width={width}
              height={HEIGHT}
              data={rows}
              margin={{ top: 24, right: 8, bottom: 0, left: 0 }}
              title={intl.formatMessage({
                id: 'aging.chart',
                defaultMessage: 'Outstanding by days past due',
              })}
              desc={intl.formatMessage(chartHint)}
              onClick={({ activeLabel }) => choose(activeLabel)}
            >
              {follower}
              <CartesianGrid
                vertical={false}
                verticalCoordinatesGenerator={noLines}
                stroke={role('chartGrid')}
              />
              <XAxis
                dataKey="name"
                tickLine={false}
                axisLine={{ stroke: role('outline') }}
                tick={axisTick}
                tickMargin={8}
                interval={0}
              />
              <YAxis
                width={axisWidth(
                  rows.map(({ amount }) => amount),
                  money.short,
                )}
                allowDecimals={false}
                interval={0}
                tickFormatter={money.short}
                tickLine={false}
                axisLine={false}
                tick={axisTick}
              />
              <Tooltip
                cursor={{ fill: role('sunken'), opacity: 0.7 }}
                isAnimationActive={false}
                content={
                  <ChartTooltip
                    title={(name) => rows.find((row) => row.name === name)?.longName ?? name}
                    amount={money.full}
                  />
                }
              />
              <Bar
                dataKey="amount"
                name={intl.formatMessage({
                  id: 'figure.outstanding',
                  defaultMessage: 'Outstanding',
                })}
                isAnimationActive={false}
                maxBarSize={84}
                onClick={(bar, _place, event) => {
                  event.stopPropagation();
                  choose((bar.payload as Row).name);
                }}
                shape={(bar) => (
                  <Rectangle
                    {...bar}
                    fill={agingColor(bar.index)}
                    fillOpacity={chosen && chosen !== rows[bar.index]?.bucket ? 0.35 : 1}
                    stroke={agingColor(bar.index)}
                  />
                )}
              >
                <LabelList dataKey="label" content={amountAbove} />
              </Bar>
            </BarChart>
          )}
        </ChartSpace>
      )}
    </ChartKeys>
  );
}

function amountAbove({ x, y, width, height, value }: LabelProps) {
  const top = Math.min(Number(y), Number(y) + Number(height));
  return (
    <text
      x={Number(x) + Number(width) / 2}
      y={top - 6}
      textAnchor="middle"
      fontSize={FONT_SIZE}
      fill={role('text')}
    >
      {value}
    </text>
  );
}

interface Row {
  name: string;
}
