/** The shape of a month in small; decoration beside figures that say it all. */
import { Bar, BarChart, ResponsiveContainer } from 'recharts';
import type { Day } from '@/lib/dates';
import { seriesColor } from '@/theme/theme';

export function Spark({ labels, net }: { labels: readonly Day[]; net: readonly number[] }) {
  const rows = labels.map((label, place) => ({ label, net: net[place] ?? 0 }));
  return (
    <div aria-hidden="true" style={{ flexGrow: 1, minHeight: 110 }}>
      <ResponsiveContainer width="100%" height="100%" minHeight={110}>
        <BarChart
          data={rows}
          accessibilityLayer={false}
          margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
        >
          <Bar dataKey="net" fill={seriesColor(0)} isAnimationActive={false} maxBarSize={28} />
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}
