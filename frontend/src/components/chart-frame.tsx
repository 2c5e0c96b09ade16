/** Around every chart: its summary in words, and the same figures as a table at the press of a key. */
import { Box, ToggleButton, ToggleButtonGroup, Typography } from '@mui/material';
import { ChartColumn, Table2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { Panel } from './panel';

export type View = 'chart' | 'table';

interface ChartFrameProps {
  title: ReactNode;
  summary: ReactNode;
  view: View;
  onView: (view: View) => void;
  chart: ReactNode;
  table: ReactNode;
  actions?: ReactNode;
}

export function ChartFrame(props: ChartFrameProps) {
  const { title, summary, view, onView, chart, table, actions } = props;
  return (
    <Panel
      title={title}
      actions={
        <>
          {actions}
          <ViewSwitch view={view} onView={onView} />
        </>
      }
    >
      <Typography color="textSecondary" variant="body2" sx={{ mb: 2, maxWidth: '85ch' }}>
        {summary}
      </Typography>
      {view === 'chart' ? <Box>{chart}</Box> : table}
    </Panel>
  );
}

function ViewSwitch({ view, onView }: Pick<ChartFrameProps, 'view' | 'onView'>) {
  const intl = useIntl();
  return (
    <ToggleButtonGroup
      className="no-print"
      size="small"
      exclusive
      value={view}
      onChange={(_event, chosen: View | null) => chosen && onView(chosen)}
      aria-label={intl.formatMessage({ id: 'chart.view', defaultMessage: 'Show as' })}
    >
      <ToggleButton value="chart">
        <ChartColumn size={16} aria-hidden style={{ marginInlineEnd: 6 }} />
        <FormattedMessage id="chart.chart" defaultMessage="Chart" />
      </ToggleButton>
      <ToggleButton value="table">
        <Table2 size={16} aria-hidden style={{ marginInlineEnd: 6 }} />
        <FormattedMessage id="chart.table" defaultMessage="Table" />
      </ToggleButton>
    </ToggleButtonGroup>
  );
}
