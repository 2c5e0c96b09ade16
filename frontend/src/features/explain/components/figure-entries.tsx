/** A figure, the proof that its entries sum up to it, and the entries a page after another. */
import { Alert, Box, Stack, Typography } from '@mui/material';
import { CircleCheck } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { ENTRY_ROWS, useExplanation } from '../api/get-explanation';
import { componentWords } from '../words';
import { entryColumns } from './entry-columns';
import { FigureScope } from './figure-scope';
import { DataTable } from '@/components/data-table';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { Pager } from '@/components/pager';
import { ReportSkeleton } from '@/components/report-skeleton';
import { Toggle } from '@/components/toggle';
import { useFormat } from '@/components/use-format';
import type { Explanation } from '@/lib/api';
import { type Component, COMPONENTS, type FigureQuestion } from '@/lib/figures';
import { role } from '@/theme/theme';

interface FigureEntriesProps {
  question: FigureQuestion;
  onComponent: (component: Component) => void;
  actions?: ReactNode;
}

export function FigureEntries({ question, onComponent, actions }: FigureEntriesProps) {
  const intl = useIntl();
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const { data, error, refetch, isPlaceholderData } = useExplanation(question, cursors.at(-1));
  const components = COMPONENTS[question.metric];
  const next = isPlaceholderData ? null : data?.page.next;
  return (
    <Stack spacing={2}>
      {components && (
        <Box>
          <Toggle
            label={intl.formatMessage({ id: 'explain.part', defaultMessage: 'Part' })}
            value={question.component ?? components[0] ?? 'total'}
            options={components.map((value) => ({
              value,
              label: intl.formatMessage(componentWords[value]),
            }))}
            onChange={onComponent}
          />
        </Box>
      )}
      {data ? (
        <>
          <FigureScope question={question} meta={data.meta} />
          <Sum explanation={data} />
          {actions}
          <Entries explanation={data} />
          <Pager
            first={(cursors.length - 1) * ENTRY_ROWS + 1}
            count={data.legs.length}
            onPrevious={cursors.length > 1 ? () => setCursors(cursors.slice(0, -1)) : undefined}
            onNext={next ? () => setCursors([...cursors, next]) : undefined}
          />
        </>
      ) : error ? (
        <ErrorPanel error={error} onRetry={() => void refetch()} />
      ) : (
        <ReportSkeleton />
      )}
    </Stack>
  );
}

function Sum({ explanation }: { explanation: Explanation }) {
  const write = useWritten(explanation);
  if (!explanation.equal) {
    return (
      <Alert severity="error">
        <FormattedMessage
          id="explain.differs"
          defaultMessage="The entries sum up to {sum}, but the report says {served}. Please tell whoever runs Careledger."
          values={{ sum: write(explanation.sum), served: write(explanation.served) }}
        />
      </Alert>
    );
  }
  return (
    <Box>
      <Typography sx={{ fontSize: '1.75rem', fontWeight: 620, lineHeight: 1.3 }}>
        {write(explanation.sum)}
      </Typography>
      <Typography
        variant="body2"
        sx={{ display: 'flex', alignItems: 'center', gap: 0.75, color: role('positiveText') }}
      >
        <CircleCheck size={16} aria-hidden style={{ flexShrink: 0 }} />
        <span>
          <FormattedMessage
            id="explain.equal"
            defaultMessage="The server summed all entries: the same as the report’s {served}."
            values={{ served: write(explanation.served) }}
          />
        </span>
      </Typography>
    </Box>
  );
}

function Entries({ explanation }: { explanation: Explanation }) {
  const intl = useIntl();
  const format = useFormat();
  const write = useWritten(explanation);
  if (explanation.legs.length === 0) {
    return (
      <EmptyState title={<FormattedMessage id="explain.none" defaultMessage="No entry" />}>
        <FormattedMessage
          id="explain.none.why"
          defaultMessage="Nothing was told that counts in this figure, so it is zero."
        />
      </EmptyState>
    );
  }
  return (
    <DataTable
      caption={intl.formatMessage({ id: 'explain.entries', defaultMessage: 'Ledger entries' })}
      columns={entryColumns(intl, format, write)}
      rows={explanation.legs}
      rowKey={(leg) =>
        [leg.source, leg.event_id, leg.leg, leg.rule, leg.mirrored, leg.invoice_id].join(' ')
      }
      pageRows={explanation.legs.length}
    />
  );
}

function useWritten({ meta, currency, unit }: Explanation): (amount: number) => string {
  const format = useFormat(meta.currencies);
  return unit === 'count' ? format.count : format.money(currency).full;
}
