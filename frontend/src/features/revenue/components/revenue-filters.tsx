/** Chooses range, granularity, clinic, breakdown and comparison. */
import { useIntl } from 'react-intl';
import {
  BREAKDOWNS,
  COMPARISONS,
  DEFAULT_RANGE,
  GRANULARITIES,
  type RevenueQuestion,
  type RevenueSearch,
} from '../search';
import { comparisonWords, dimensionWords, granularityWords, rangeWords } from '../words';
import { MoreFilters } from './more-filters';
import { Choice } from '@/components/choice';
import { ClinicChoice } from '@/components/clinic-choice';
import { DayField } from '@/components/day-field';
import { FilterBar } from '@/components/filter-bar';
import { RANGES } from '@/lib/ranges';

interface RevenueFiltersProps {
  search: RevenueSearch;
  question: RevenueQuestion;
  onChange: (change: Partial<RevenueSearch>) => void;
}

export function RevenueFilters({ search, question, onChange }: RevenueFiltersProps) {
  const intl = useIntl();
  const range = search.range ?? DEFAULT_RANGE;
  return (
    <FilterBar>
      <Choice
        label={intl.formatMessage({ id: 'revenue.range', defaultMessage: 'Range' })}
        value={range}
        options={RANGES.map((value) => ({ value, label: intl.formatMessage(rangeWords[value]) }))}
        onChange={(chosen) =>
          onChange(
            chosen === 'custom'
              ? {
                  range: chosen,
                  from: question.start_date ?? undefined,
                  to: question.end_date ?? undefined,
                }
              : { range: chosen, from: undefined, to: undefined, by: undefined },
          )
        }
      />
      {range === 'custom' && (
        <>
          <DayField
            label={intl.formatMessage({ id: 'revenue.from', defaultMessage: 'From' })}
            value={question.start_date ?? undefined}
            max={question.end_date ?? undefined}
            onChange={(from) => onChange({ from, by: undefined })}
          />
          <DayField
            label={intl.formatMessage({ id: 'revenue.to', defaultMessage: 'To (included)' })}
            value={question.end_date ?? undefined}
            min={question.start_date ?? undefined}
            onChange={(to) => onChange({ to, by: undefined })}
          />
        </>
      )}
      <Choice
        label={intl.formatMessage({ id: 'revenue.by', defaultMessage: 'By' })}
        value={question.granularity ?? 'day'}
        minWidth={104}
        options={GRANULARITIES.map((value) => ({
          value,
          label: intl.formatMessage(granularityWords[value]),
        }))}
        onChange={(by) => onChange({ by })}
      />
      <ClinicChoice value={search.clinic} onChange={(clinic) => onChange({ clinic })} />
      <Choice
        label={intl.formatMessage({ id: 'revenue.split', defaultMessage: 'Break down by' })}
        none={intl.formatMessage({ id: 'revenue.split.none', defaultMessage: 'Nothing' })}
        value={search.split ?? ''}
        options={BREAKDOWNS.map((value) => ({
          value,
          label: intl.formatMessage(dimensionWords[value]),
        }))}
        onChange={(split) => onChange({ split })}
      />
      <Choice
        label={intl.formatMessage({ id: 'revenue.compare', defaultMessage: 'Compare with' })}
        none={intl.formatMessage({ id: 'revenue.compare.none', defaultMessage: 'Nothing' })}
        value={search.compare ?? ''}
        options={COMPARISONS.map((value) => ({
          value,
          label: intl.formatMessage(comparisonWords[value]),
        }))}
        onChange={(compare) => onChange({ compare })}
      />
      <MoreFilters search={search} question={question} onChange={onChange} />
    </FilterBar>
  );
}
