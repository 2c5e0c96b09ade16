/** Chooses among receivables: above for the sums and the list, below for the list alone. */
import { useIntl } from 'react-intl';
import { BASES, BUCKETS, type OutstandingSearch, PAYERS, STATUSES } from '../search';
import { basisWords } from '../words';
import { bucketWords } from '@/components/bucket-words';
import { Choice } from '@/components/choice';
import { ClinicChoice } from '@/components/clinic-choice';
import { payerWords } from '@/components/entry-words';
import { FilterBar } from '@/components/filter-bar';
import { statusWords } from '@/components/status-chip';
import { TypedFilter } from '@/components/typed-filter';
import { may, useAccount } from '@/lib/account';
import { decimalText, parseAmount } from '@/lib/money';

interface FiltersProps {
  search: OutstandingSearch;
  onChange: (change: Partial<OutstandingSearch>) => void;
}

export function OutstandingFilters({ search, onChange }: FiltersProps) {
  const intl = useIntl();
  const account = useAccount();
  return (
    <FilterBar>
      <ClinicChoice value={search.clinic} onChange={(clinic) => onChange({ clinic })} />
      <Choice
        label={intl.formatMessage({ id: 'outstanding.basis', defaultMessage: 'Aged by' })}
        value={search.basis ?? 'due_date'}
        options={BASES.map((value) => ({ value, label: intl.formatMessage(basisWords[value]) }))}
        onChange={(basis) => onChange({ basis: basis === 'due_date' ? undefined : basis })}
      />
      <Choice
        label={intl.formatMessage({ id: 'outstanding.payer', defaultMessage: 'Who owes' })}
        none={intl.formatMessage({ id: 'filter.any', defaultMessage: 'Any' })}
        value={search.payer ?? ''}
        options={PAYERS.map((value) => ({ value, label: intl.formatMessage(payerWords[value]) }))}
        onChange={(payer) => onChange({ payer })}
        minWidth={120}
      />
      {may(account, 'outstanding:patients') && (
        <TypedFilter
          label={intl.formatMessage({ id: 'outstanding.patient', defaultMessage: 'Patient ID' })}
          value={search.patient}
          read={(text) => (/^[!-~]{1,128}$/.test(text) ? text : null)}
          onChange={(patient) => onChange({ patient })}
        />
      )}
    </FilterBar>
  );
}

export function ListFilters({ search, exponent, onChange }: FiltersProps & { exponent: number }) {
  const intl = useIntl();
  const amount = (value: number | undefined) =>
    value === undefined ? undefined : decimalText(value, exponent);
  return (
    <FilterBar
      label={intl.formatMessage({
        id: 'outstanding.filters',
        defaultMessage: 'Filters of the list',
      })}
    >
      <Choice
        label={intl.formatMessage({ id: 'outstanding.bucket', defaultMessage: 'Age' })}
        none={intl.formatMessage({ id: 'filter.any', defaultMessage: 'Any' })}
        value={search.bucket ?? ''}
        options={BUCKETS.map((value) => ({ value, label: intl.formatMessage(bucketWords[value]) }))}
        onChange={(bucket) => onChange({ bucket })}
      />
      <Choice
        label={intl.formatMessage({ id: 'outstanding.status', defaultMessage: 'Status' })}
        none={intl.formatMessage({ id: 'outstanding.status.open', defaultMessage: 'All open' })}
        value={search.status ?? ''}
        options={STATUSES.map((value) => ({
          value,
          label: intl.formatMessage(statusWords[value]),
        }))}
        onChange={(status) => onChange({ status })}
      />
      <TypedFilter
        label={intl.formatMessage({ id: 'outstanding.min', defaultMessage: 'Balance from' })}
        value={amount(search.min)}
        read={(text) => parseAmount(text, exponent)}
        onChange={(min) => onChange({ min })}
      />
      <TypedFilter
        label={intl.formatMessage({ id: 'outstanding.max', defaultMessage: 'Balance to' })}
        value={amount(search.max)}
        read={(text) => parseAmount(text, exponent)}
        onChange={(max) => onChange({ max })}
      />
      <TypedFilter
        label={intl.formatMessage({ id: 'outstanding.late', defaultMessage: 'Days overdue from' })}
        value={search.late_from?.toString()}
        read={(text) => parseAmount(text, 0)}
        onChange={(late_from) => onChange({ late_from })}
      />
      <TypedFilter
        label={intl.formatMessage({ id: 'outstanding.late-to', defaultMessage: 'Days overdue to' })}
        value={search.late_to?.toString()}
        read={(text) => parseAmount(text, 0)}
        onChange={(late_to) => onChange({ late_to })}
      />
    </FilterBar>
  );
}
