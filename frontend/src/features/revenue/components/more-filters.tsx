/** Keeps only payments of one method, payer type, category or provider; offers what the range holds. */
import { Button, Popover, Stack } from '@mui/material';
import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useRevenue } from '../api/get-revenue';
import { type Filter, FILTERS, type RevenueQuestion, type RevenueSearch } from '../search';
import { dimensionWords } from '../words';
import { Choice } from '@/components/choice';

interface MoreFiltersProps {
  search: RevenueSearch;
  question: RevenueQuestion;
  onChange: (change: Partial<RevenueSearch>) => void;
}

export function MoreFilters({ search, question, onChange }: MoreFiltersProps) {
  const intl = useIntl();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const inUse = FILTERS.filter((name) => search[name] !== undefined).length;
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<SlidersHorizontal size={16} aria-hidden />}
        aria-haspopup="dialog"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ minHeight: 40 }}
      >
        <FormattedMessage
          id="revenue.more"
          defaultMessage="{count, plural, =0 {More filters} one {# more filter} other {# more filters}}"
          values={{ count: inUse }}
        />
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: {
            role: 'dialog',
            'aria-label': intl.formatMessage({
              id: 'revenue.more.title',
              defaultMessage: 'More filters',
            }),
            variant: 'outlined',
            sx: { p: 2.5, mt: 0.5 },
          },
        }}
      >
        <Stack spacing={2} sx={{ width: 240 }}>
          {FILTERS.map((name) => (
            <DimensionFilter
              key={name}
              name={name}
              value={search[name]}
              question={question}
              onChange={(value) => onChange({ [name]: value })}
            />
          ))}
          {inUse > 0 && (
            <Button
              onClick={() => onChange(Object.fromEntries(FILTERS.map((name) => [name, undefined])))}
            >
              <FormattedMessage id="revenue.more.clear" defaultMessage="Clear these filters" />
            </Button>
          )}
        </Stack>
      </Popover>
    </>
  );
}

interface DimensionFilterProps {
  name: Filter;
  value: string | undefined;
  question: RevenueQuestion;
  onChange: (value: string | undefined) => void;
}

function DimensionFilter({ name, value, question, onChange }: DimensionFilterProps) {
  const intl = useIntl();
  const { start_date, end_date, clinic_id, as_of } = question;
  const report = useRevenue({
    start_date,
    end_date,
    clinic_id,
    as_of,
    granularity: 'year',
    breakdown: name,
  });
  const values = new Set(report.data?.series.flatMap((one) => one.group ?? []));
  return (
    <Choice
      label={intl.formatMessage(dimensionWords[name])}
      none={intl.formatMessage({ id: 'filter.any', defaultMessage: 'Any' })}
      value={value ?? ''}
      options={[...values].sort().map((one) => ({ value: one, label: one }))}
      onChange={onChange}
      minWidth={240}
    />
  );
}
