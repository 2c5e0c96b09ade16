/** Chooses among receivables: clinic, age, status, payer, amount, days late, one patient. */
import { TextField } from '@mui/material';
import { useState } from 'react';
import { useIntl } from 'react-intl';
import { BASES, BUCKETS, type OutstandingSearch, PAYERS, STATUSES } from '../search';
import { basisWords, bucketWords } from '../words';
import { Choice } from '@/components/choice';
import { ClinicChoice } from '@/components/clinic-choice';
import { payerWords } from '@/components/entry-words';
import { FilterBar } from '@/components/filter-bar';
import { statusWords } from '@/components/status-chip';
import { may, useAccount } from '@/lib/account';
import { decimalText, parseAmount } from '@/lib/money';

interface OutstandingFiltersProps {
  search: OutstandingSearch;
  exponent: number;
  onChange: (change: Partial<OutstandingSearch>) => void;
}

export function OutstandingFilters({ search, exponent, onChange }: OutstandingFiltersProps) {
  const intl = useIntl();
  const account = useAccount();
  const any = intl.formatMessage({ id: 'filter.any', defaultMessage: 'Any' });
  const amount = (value: number | undefined) =>
    value === undefined ? undefined : decimalText(value, exponent);
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
        label={intl.formatMessage({ id: 'outstanding.bucket', defaultMessage: 'Age' })}
        none={any}
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
      <Choice
        label={intl.formatMessage({ id: 'outstanding.payer', defaultMessage: 'Who owes' })}
        none={any}
        value={search.payer ?? ''}
        options={PAYERS.map((value) => ({ value, label: intl.formatMessage(payerWords[value]) }))}
        onChange={(payer) => onChange({ payer })}
        minWidth={120}
      />
      <Typed
        label={intl.formatMessage({ id: 'outstanding.min', defaultMessage: 'Balance from' })}
        value={amount(search.min)}
        read={(text) => parseAmount(text, exponent)}
        onChange={(min) => onChange({ min })}
      />
      <Typed
        label={intl.formatMessage({ id: 'outstanding.max', defaultMessage: 'Balance to' })}
        value={amount(search.max)}
        read={(text) => parseAmount(text, exponent)}
        onChange={(max) => onChange({ max })}
      />
      <Typed
        label={intl.formatMessage({ id: 'outstanding.late', defaultMessage: 'Days overdue from' })}
        value={search.late_from?.toString()}
        read={(text) => parseAmount(text, 0)}
        onChange={(late_from) => onChange({ late_from })}
      />
      {may(account, 'outstanding:patients') && (
        <Typed
          label={intl.formatMessage({ id: 'outstanding.patient', defaultMessage: 'Patient ID' })}
          value={search.patient}
          read={(text) => (/^[!-~]{1,128}$/.test(text) ? text : null)}
          onChange={(patient) => onChange({ patient })}
        />
      )}
    </FilterBar>
  );
}

interface TypedProps<T> {
  label: string;
  value: string | undefined;
  /** What the text means; null if nothing. */
  read: (text: string) => T | null;
  onChange: (value: T | undefined) => void;
}

/** A filter one types: it holds once Enter is pressed or the field is left. */
function Typed<T>({ label, value = '', read, onChange }: TypedProps<T>) {
  const intl = useIntl();
  const [typed, setTyped] = useState<string>();
  const text = typed ?? value;
  const isWrong = typed !== undefined && typed !== '' && read(typed.trim()) === null;

  function settle() {
    if (typed === undefined || isWrong) return;
    setTyped(undefined);
    if (typed.trim() !== value) onChange(read(typed.trim()) ?? undefined);
  }

  return (
    <TextField
      label={label}
      value={text}
      error={isWrong}
      helperText={
        isWrong && intl.formatMessage({ id: 'filter.wrong', defaultMessage: 'Not understood' })
      }
      onChange={(event) => setTyped(event.target.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === 'Enter' && settle()}
      slotProps={{
        inputLabel: { shrink: true },
        htmlInput: { maxLength: 128, autoComplete: 'off' },
      }}
      sx={{ width: 148 }}
    />
  );
}
