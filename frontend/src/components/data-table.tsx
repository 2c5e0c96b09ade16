/** Rows as a real table: heads that say what they head, figures aligned, a hundred rows at a time. */
import {
  Pagination,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableFooter,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { type ReactNode, useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { role } from '@/theme/theme';

export interface Column<T> {
  key: string;
  head: ReactNode;
  cell: (row: T) => ReactNode;
  isFigure?: boolean;
  /** Never broken into lines, but on phones. */
  isFixed?: boolean;
  /** Left out on screens narrower than this. */
  from?: 'sm' | 'md' | 'lg' | 'xl';
  foot?: ReactNode;
}

interface DataTableProps<T> {
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** How many rows to show at a time. */
  pageRows?: number;
}

const PAGE = 100;

export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, rowKey, pageRows = PAGE } = props;
  const [page, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(rows.length / pageRows));
  const current = Math.min(page, pages);
  const shown = rows.slice((current - 1) * pageRows, current * pageRows);
  const hasFoot = columns.some((column) => column.foot !== undefined);
  return (
    <>
      <TableContainer tabIndex={0} role="group" aria-label={caption}>
        <Table size="small" aria-label={caption} sx={{ fontVariantNumeric: 'tabular-nums' }}>
          <TableHead>
            <TableRow>
              {columns.map((column) => (
                <TableCell key={column.key} scope="col" {...look(column)}>
                  {column.head}
                </TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {shown.map((row) => (
              <TableRow key={rowKey(row)} hover>
                {columns.map((column, place) => (
                  <TableCell
                    key={column.key}
                    {...look(column)}
                    {...(place === 0 && { component: 'th', scope: 'row' })}
                  >
                    {column.cell(row)}
                  </TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
          {hasFoot && (
            <TableFooter>
              <TableRow>
                {columns.map((column) => (
                  <TableCell
                    key={column.key}
                    {...look(column)}
                    sx={{ ...look(column).sx, ...total }}
                  >
                    {column.foot}
                  </TableCell>
                ))}
              </TableRow>
            </TableFooter>
          )}
        </Table>
      </TableContainer>
      {pages > 1 && (
        <Stack direction="row" sx={{ mt: 1.5, flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
          <Pagination count={pages} page={current} onChange={(_event, next) => setPage(next)} />
          <Typography variant="caption" color="textSecondary">
            <FormattedMessage
              id="table.rows"
              defaultMessage="{count, plural, one {# row} other {# rows}}"
              values={{ count: rows.length }}
            />
          </Typography>
        </Stack>
      )}
    </>
  );
}

const total = { fontWeight: 620, color: role('text'), fontSize: '0.875rem' };

function look<T>(column: Column<T>) {
  return {
    align: column.isFigure ? ('right' as const) : ('left' as const),
    sx: {
      ...(column.isFixed && { whiteSpace: { sm: 'nowrap' } }),
      ...(column.isFigure && { whiteSpace: 'nowrap' }),
      ...(column.from && { display: { xs: 'none', [column.from]: 'table-cell' } }),
    },
  };
}
