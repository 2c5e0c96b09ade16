/** Net payments by period: bars, or a line when there are many; stacked when broken down. */
import { type MouseEvent, type ReactNode, useMemo } from 'react';
import { useIntl } from 'react-intl';
import {
  Bar,
  type BarRectangleItem,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ReferenceLine,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { BARS_MAX, chartRows, type Drawn, heightsOf, type Row } from '../chart-data';
import type { Ask } from '../figure-questions';
import { comparisonWords } from '../words';
import { TooMany } from './too-many';
import { axisTick } from '@/components/axis-tick';
import { axisWidth, labelsSkipped, noLines } from '@/components/chart-axes';
import { chartHint, ChartKeys, partsHint } from '@/components/chart-keys';
import { ChartSpace } from '@/components/chart-space';
import { ChartTooltip } from '@/components/chart-tooltip';
import { useExplain } from '@/components/explained';
import { figureWords } from '@/components/metric-words';
import type { Format } from '@/components/use-format';
import type { RevenueReport } from '@/lib/api';
import { periodFormat, shortPeriodFormat } from '@/lib/dates';
import { role, seriesColor } from '@/theme/theme';

const HEIGHT = 320;
const RIGHT = 8;
export const POINTS_MAX = 1500;

interface RevenueChartProps {
  data: Drawn;
  report: RevenueReport;
  groupNames: readonly string[];
  format: Format;
  ask: Ask;
}

export function RevenueChart(props: RevenueChartProps) {
  const { data, ask, groupNames } = props;
  const explain = useExplain('net_payments');
  if (data.labels.length > POINTS_MAX) return <TooMany />;
  const open = (label: unknown, group?: string) => {
    const question = ask('net_payments', { period: String(label), group });
    if (question) explain?.(question);
  };
  return (
    <ChartKeys
      parts={data.groups.length > 0 ? groupNames : undefined}
      onOpen={explain && ((label, part) => open(label, data.groups[part ?? -1]?.name ?? undefined))}
    >
      {(follower) => (
        <ChartSpace height={HEIGHT}>
          {(width) => <Drawing {...props} {...{ width, follower, open }} />}
        </ChartSpace>
      )}
    </ChartKeys>
  );
}

interface DrawingProps extends RevenueChartProps {
  width: number;
  follower: ReactNode;
  open: (label: unknown, group?: string) => void;
}

function Drawing(props: DrawingProps) {
  const { data, report, groupNames, format, width, follower, open } = props;
  const intl = useIntl();
  const rows = useMemo(() => chartRows(data), [data]);
  const period = periodFormat(intl.locale, report.granularity);
  const short = shortPeriodFormat(intl.locale, report.granularity, data.labels);
  const money = format.money(data.currency);
  const asBars = rows.length <= BARS_MAX;
  const netName = intl.formatMessage(figureWords.net_payments);
  const names = data.groups.length > 0 ? groupNames : [netName];
  const comparison =
    report.comparison && intl.formatMessage(comparisonWords[report.comparison.kind]);
  const openBar = (bar: BarRectangleItem, event: MouseEvent, place: number) => {
    event.stopPropagation();
    open((bar.payload as Row).label, data.groups[place]?.name ?? undefined);
  };
  const hasPartial = asBars && data.partial.some(Boolean);
  const yAxis = axisWidth(heightsOf(data), money.short);
  return (
    <ComposedChart
      width={width}
      height={HEIGHT}
      data={rows}
      stackOffset="sign"
      margin={{ top: 8, right: RIGHT, bottom: 0, left: 0 }}
      barCategoryGap="22%"
      title={netName}
      desc={intl.formatMessage(data.groups.length > 1 ? partsHint : chartHint)}
      onClick={({ activeLabel }) => activeLabel !== undefined && open(activeLabel)}
    >
      {follower}
      <CartesianGrid
        vertical={false}
        verticalCoordinatesGenerator={noLines}
        stroke={role('chartGrid')}
      />
      <XAxis
        dataKey="label"
        tickFormatter={short}
        interval={labelsSkipped(data.labels.map(short), width - yAxis - RIGHT)}
        tickLine={false}
        axisLine={false}
        tick={axisTick}
        tickMargin={8}
      />
      <YAxis
        width={yAxis}
        allowDecimals={false}
        interval={0}
        tickFormatter={money.short}
        tickLine={false}
        axisLine={false}
        tick={axisTick}
      />
      <ReferenceLine y={0} stroke={role('outline')} />
      <Tooltip
        cursor={{ fill: role('sunken'), opacity: 0.7 }}
        isAnimationActive={false}
        wrapperStyle={{ zIndex: 10 }}
        content={<ChartTooltip title={period} amount={money.full} />}
      />
      {(names.length > 1 || comparison) && (
        <Legend
          iconType="circle"
          iconSize={9}
          itemSorter={null}
          wrapperStyle={{ paddingTop: 12, fontSize: 13 }}
          formatter={(value: string) => <span style={{ color: role('text') }}>{value}</span>}
        />
      )}
      {names.map((name, place) =>
        asBars ? (
          <Bar
            key={name}
            dataKey={`g${place}`}
            name={name}
            stackId="net"
            fill={seriesColor(place)}
            isAnimationActive={false}
            maxBarSize={56}
            onClick={(bar, _index, event) => openBar(bar, event, place)}
          />
        ) : (
          <Line
            key={name}
            {...line}
            dataKey={`g${place}`}
            name={name}
            stroke={seriesColor(place)}
          />
        ),
      )}
      {hasPartial &&
        names.map((name, place) => (
          <Bar
            key={`${name} so far`}
            dataKey={`p${place}`}
            name={intl.formatMessage(
              { id: 'revenue.so-far', defaultMessage: '{name}, so far' },
              { name },
            )}
            legendType="none"
            stackId="net"
            fill={seriesColor(place)}
            fillOpacity={0.35}
            stroke={seriesColor(place)}
            strokeDasharray="4 3"
            isAnimationActive={false}
            maxBarSize={56}
            onClick={(bar, _index, event) => openBar(bar, event, place)}
          />
        ))}
      {comparison && (
        <Line
          {...line}
          dataKey="compared"
          name={comparison}
          stroke={role('textQuiet')}
          strokeDasharray="5 4"
          dot={asBars && rows.length < 32 ? { r: 2.5, strokeDasharray: '0' } : false}
        />
      )}
    </ComposedChart>
  );
}

const line = { type: 'linear', dot: false, strokeWidth: 2, isAnimationActive: false } as const;
