/** Which refused records are listed. */
import { useIntl } from 'react-intl';
import { type OperationsSearch, RECORD_STATUSES } from '../search';
import { reasonWords } from '../words';
import { Choice } from '@/components/choice';
import { FilterBar } from '@/components/filter-bar';
import { statusWords } from '@/components/status-chip';
import { TypedFilter } from '@/components/typed-filter';

interface RecordFiltersProps {
  search: OperationsSearch;
  onChange: (change: Partial<OperationsSearch>) => void;
}

const IDENTIFIER = /^[!-~]{1,128}$/;

export function RecordFilters({ search, onChange }: RecordFiltersProps) {
  const intl = useIntl();
  const any = intl.formatMessage({ id: 'any', defaultMessage: 'Any' });
  return (
    <FilterBar
      label={intl.formatMessage({ id: 'records.filters', defaultMessage: 'Which records' })}
    >
      <Choice
        label={intl.formatMessage({ id: 'run.status', defaultMessage: 'State' })}
        value={search.records ?? 'open'}
        options={[
          ...RECORD_STATUSES.map((value) => ({
            value,
            label: intl.formatMessage(statusWords[value]),
          })),
          { value: 'all' as const, label: any },
        ]}
        onChange={(records) => onChange({ records: records === 'open' ? undefined : records })}
      />
      <Choice
        label={intl.formatMessage({ id: 'record.reason', defaultMessage: 'Why' })}
        none={any}
        value={search.reason ?? ''}
        options={Object.entries(reasonWords).map(([value, word]) => ({
          value,
          label: intl.formatMessage(word),
        }))}
        onChange={(reason) => onChange({ reason })}
        minWidth={220}
      />
      <TypedFilter
        label={intl.formatMessage({ id: 'run.source', defaultMessage: 'Source' })}
        value={search.source}
        read={(text) => (IDENTIFIER.test(text) ? text : null)}
        onChange={(source) => onChange({ source })}
      />
    </FilterBar>
  );
}
