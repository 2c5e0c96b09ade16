/** Receivables in a grid, a hundred at a time; sorted by the server, opened by click or Enter. */
import { Box, Skeleton, type Theme, useMediaQuery } from '@mui/material';
import { DataGrid, type GridSortModel } from '@mui/x-data-grid';
import { startTransition, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { PAGE_ROWS, useOutstanding } from '../api/get-outstanding';
import { type ListQuestion, type Sort, SORTS } from '../search';
import { gridColumns, hiddenAtFirst, rowId } from './grid-columns';
import { EmptyState } from '@/components/empty-state';
import { ErrorPanel } from '@/components/error-panel';
import { Pager } from '@/components/pager';
import { useFormat } from '@/components/use-format';
import { nonce } from '@/config/nonce';
import { useAccount } from '@/lib/account';
import type { Receivable } from '@/lib/api';
import { scrollbarSize } from '@/lib/scrollbar-size';
import { oneOf } from '@/lib/search';
import { role } from '@/theme/theme';

interface OutstandingGridProps {
  question: ListQuestion;
  onSort: (sort: Sort | undefined, order: 'descending' | undefined) => void;
  onOpen: (receivable: Receivable) => void;
}

const ROW_HEIGHT = 40;
const FEW_ROWS = 5;
const ROWS_IN_SIGHT = 20;
// The grid shows what it is given; which page that is, the cursors below know.
const FIRST_PAGE = { page: 0, pageSize: PAGE_ROWS };

export function OutstandingGrid({ question, onSort, onOpen }: OutstandingGridProps) {
  const intl = useIntl();
  const account = useAccount();
  const isPhone = useMediaQuery((theme: Theme) => theme.breakpoints.down('sm'), { noSsr: true });
  const isNarrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('lg'), { noSsr: true });
  // The cursor of each page seen so far; the first has none.
  const [cursors, setCursors] = useState<(string | undefined)[]>([undefined]);
  const [page, setPage] = useState(0);
  const {
    data: latest,
    error,
    isPlaceholderData,
    refetch,
  } = useOutstanding(question, cursors[page]);
  const data = useDeferredValue(latest);
  const drawn = useMoreAndMore(data !== undefined);
  const format = useFormat(data?.meta.currencies);
  const columns = useMemo(
    () => gridColumns({ intl, account, format, isPhone, onOpen }),
    [intl, account, format, isPhone, onOpen],
  );
  const sort: GridSortModel = [
    { field: question.sort ?? 'due_on', sort: question.order === 'descending' ? 'desc' : 'asc' },
  ];
  if (error && !data) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton variant="rounded" height={heightFor()} />;
  const next = isPlaceholderData || data !== latest ? null : data.page.next;
  return (
    <>
      <Box sx={{ height: heightFor(data.receivables.length), minHeight: 280 }}>
        <DataGrid
          nonce={nonce}
          aria-label={intl.formatMessage({ id: 'outstanding.grid', defaultMessage: 'Receivables' })}
          rows={data.receivables.slice(0, drawn)}
          columns={columns}
          getRowId={rowId}
          rowHeight={ROW_HEIGHT}
          scrollbarSize={scrollbarSize()}
          disableColumnFilter
          disableRowSelectionOnClick
          onRowClick={({ row }) => onOpen(row as Receivable)}
          initialState={{
            columns: { columnVisibilityModel: hiddenAtFirst({ isPhone, isNarrow }) },
          }}
          sortingMode="server"
          sortModel={sort}
          onSortModelChange={([chosen]) =>
            onSort(oneOf(SORTS, chosen?.field), chosen?.sort === 'desc' ? 'descending' : undefined)
          }
          paginationMode="server"
          pageSizeOptions={[PAGE_ROWS]}
          paginationModel={FIRST_PAGE}
          rowCount={Math.min(drawn, data.receivables.length)}
          hideFooter
          slots={{ noRowsOverlay: Nothing }}
          sx={look}
        />
      </Box>
      <Pager
        first={page * PAGE_ROWS + 1}
        count={data.receivables.length}
        onPrevious={page > 0 ? () => setPage(page - 1) : undefined}
        onNext={
          next === null
            ? undefined
            : () => {
                setCursors((before) => [...before.slice(0, page + 1), next]);
                setPage(page + 1);
              }
        }
      />
    </>
  );
}

/** How many rows to draw: a few with the grid, a few more whenever those are drawn. */
function useMoreAndMore(hasBegun: boolean): number {
  const [rows, setRows] = useState(FEW_ROWS);
  useEffect(() => {
    if (!hasBegun || rows >= PAGE_ROWS) return;
    const next = rows < ROWS_IN_SIGHT ? rows + FEW_ROWS : PAGE_ROWS;
    const timer = setTimeout(() => startTransition(() => setRows(next)));
    return () => clearTimeout(timer);
  }, [hasBegun, rows]);
  return rows;
}

const look = {
  border: 0,
  fontVariantNumeric: 'tabular-nums',
  '--DataGrid-rowBorderColor': role('hairline'),
  '& .MuiDataGrid-row': { cursor: 'pointer' },
  '& .MuiDataGrid-columnHeaderTitle': { fontWeight: 600, color: role('textQuiet') },
  '& .MuiDataGrid-cell:focus-within, & .MuiDataGrid-columnHeader:focus-within': {
    outline: `2px solid ${role('accentText')}`,
    outlineOffset: -2,
  },
  '& .MuiDataGrid-cell': { display: 'flex', alignItems: 'center' },
  '& .MuiDataGrid-cell > *': { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' },
  '& .MuiDataGrid-cell--textRight': { justifyContent: 'flex-end' },
};

/** As tall as its rows, so that the page scrolls and not the grid, until there are many. */
function heightFor(rows = 12): number {
  return Math.min(680, 60 + Math.max(rows, 4) * ROW_HEIGHT);
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
