/** Receivables in a grid, a hundred at a time; sorted by the server, opened by click or Enter. */
import { Box, type Theme, useMediaQuery } from '@mui/material';
import { DataGrid, type GridSortModel } from '@mui/x-data-grid';
import { useMemo, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { PAGE_ROWS, useOutstanding } from '../api/get-outstanding';
import { type ListQuestion, type Sort, SORTS } from '../search';
import { gridColumns, hiddenAtFirst, rowId } from './grid-columns';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { useFormat } from '@/components/use-format';
import { useAccount } from '@/lib/account';
import type { Receivable } from '@/lib/api';
import { oneOf } from '@/lib/search';
import { role } from '@/theme/theme';

interface OutstandingGridProps {
  question: ListQuestion;
  onSort: (sort: Sort | undefined, order: 'descending' | undefined) => void;
  onOpen: (receivable: Receivable) => void;
}

const ROW_HEIGHT = 40;
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce;

export function OutstandingGrid({ question, onSort, onOpen }: OutstandingGridProps) {
  const intl = useIntl();
  const account = useAccount();
  const isPhone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'), { noSsr: true });
  // The cursor of each page seen so far; the first has none.
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const [page, setPage] = useState(0);
  const { data, error, isFetching, isPlaceholderData, refetch } = useOutstanding(
    question,
    cursors[page],
  );
  const format = useFormat(data?.meta.currencies);
  const columns = useMemo(
    () => gridColumns({ intl, account, format, isPhone, onOpen }),
    [intl, account, format, isPhone, onOpen],
  );
  const next = isPlaceholderData ? null : (data?.page.next ?? null);
  const sort: GridSortModel = [
    { field: question.sort ?? 'due_on', sort: question.order === 'descending' ? 'desc' : 'asc' },
  ];
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  return (
    <Box sx={{ height: heightFor(data?.receivables.length), minHeight: 280 }}>
      <DataGrid
        nonce={nonce}
        aria-label={intl.formatMessage({ id: 'outstanding.grid', defaultMessage: 'Receivables' })}
        rows={data?.receivables ?? []}
        columns={columns}
        getRowId={rowId}
        loading={isFetching && !data}
        rowHeight={ROW_HEIGHT}
        disableColumnFilter
        disableRowSelectionOnClick
        hideFooterSelectedRowCount
        onRowClick={({ row }) => onOpen(row as Receivable)}
        initialState={{ columns: { columnVisibilityModel: hiddenAtFirst({ isPhone }) } }}
        sortingMode="server"
        sortModel={sort}
        onSortModelChange={([chosen]) =>
          onSort(oneOf(SORTS, chosen?.field), chosen?.sort === 'desc' ? 'descending' : undefined)
        }
        paginationMode="server"
        pageSizeOptions={[PAGE_ROWS]}
        paginationModel={{ page, pageSize: PAGE_ROWS }}
        rowCount={next === null && data ? page * PAGE_ROWS + data.receivables.length : -1}
        paginationMeta={{ hasNextPage: next !== null }}
        onPaginationModelChange={(model) => {
          if (model.page === page + 1 && next !== null) {
            setCursors((before) => [...before.slice(0, page + 1), next]);
            setPage(model.page);
          } else if (model.page < page) setPage(model.page);
        }}
        slots={{ noRowsOverlay: Nothing }}
        sx={look}
      />
    </Box>
  );
}

const look = {
  border: 0,
  fontVariantNumeric: 'tabular-nums',
  '--DataGrid-rowBorderColor': role('hairline'),
  '& .MuiDataGrid-row': { cursor: 'pointer' },
  '& .MuiDataGrid-columnHeaderTitle': { fontWeight: 600, color: role('textQuiet') },
  '& .MuiDataGrid-cell': { display: 'flex', alignItems: 'center' },
  '& .MuiDataGrid-cell > *': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  '& .MuiDataGrid-cell--textRight': { justifyContent: 'flex-end' },
};

/** As tall as its rows, so that the page scrolls and not the grid, until there are many. */
function heightFor(rows = 12): number {
  return Math.min(680, 112 + Math.max(rows, 4) * ROW_HEIGHT);
}

function Nothing() {
  return (
    <EmptyState
      title={<FormattedMessage id="outstanding.none" defaultMessage="No receivable here" />}
    >
      <FormattedMessage
        id="outstanding.none.why"
        defaultMessage="Nothing matches the filters above. Closed receivables are listed when their status is chosen."
      />
    </EmptyState>
  );
}
