/** Which audit records are listed. */
import { useIntl } from 'react-intl';
import { ACTIONS } from '../actions';
import { type AuditSearch, KINDS, OUTCOMES, SERVICES } from '../search';
import { kindWords } from '../words';
import { Choice } from '@/components/choice';
import { ClinicChoice } from '@/components/clinic-choice';
import { DayField } from '@/components/day-field';
import { FilterBar } from '@/components/filter-bar';
import { statusWords } from '@/components/status-chip';
import { TypedFilter } from '@/components/typed-filter';

export interface FiltersProps {
  search: AuditSearch;
  onChange: (change: Partial<AuditSearch>) => void;
}

const IDENTIFIER = /^[!-~]{1,128}$/;
const RESOURCE = /^[ -~]{1,300}$/;

export function RecordFilters({ search, onChange }: FiltersProps) {
  const intl = useIntl();
  const any = intl.formatMessage({ id: 'any', defaultMessage: 'Any' });
  return (
    <FilterBar>
      <DaysFields search={search} onChange={onChange} />
      <TypedFilter
        label={intl.formatMessage({ id: 'audit.actor', defaultMessage: 'Who' })}
        value={search.actor}
        read={(text) => (IDENTIFIER.test(text) ? text : null)}
        onChange={(actor) => onChange({ actor })}
      />
      <Choice
        label={intl.formatMessage({ id: 'audit.kind', defaultMessage: 'Kind' })}
        none={any}
        value={search.kind ?? ''}
        options={KINDS.map((value) => ({ value, label: intl.formatMessage(kindWords[value]) }))}
        onChange={(kind) => onChange({ kind })}
      />
      <Choice
        label={intl.formatMessage({ id: 'audit.action', defaultMessage: 'Act' })}
        none={any}
        value={search.action ?? ''}
        options={ACTIONS.map((value) => ({ value, label: value }))}
        onChange={(action) => onChange({ action })}
        minWidth={180}
      />
      <Choice
        label={intl.formatMessage({ id: 'audit.outcome', defaultMessage: 'Outcome' })}
        none={any}
        value={search.outcome ?? ''}
        options={OUTCOMES.map((value) => ({
          value,
          label: intl.formatMessage(statusWords[value]),
        }))}
        onChange={(outcome) => onChange({ outcome })}
      />
      <Choice
        label={intl.formatMessage({ id: 'audit.service', defaultMessage: 'Service' })}
        none={any}
        value={search.service ?? ''}
        options={SERVICES.map((value) => ({ value, label: value }))}
        onChange={(service) => onChange({ service })}
      />
      <ClinicChoice value={search.clinic} onChange={(clinic) => onChange({ clinic })} />
      <TypedFilter
        label={intl.formatMessage({ id: 'audit.patient', defaultMessage: 'Patient ID' })}
        value={search.patient}
        read={(text) => (IDENTIFIER.test(text) ? text : null)}
        onChange={(patient) => onChange({ patient })}
      />
      <TypedFilter
        label={intl.formatMessage({ id: 'audit.resource', defaultMessage: 'Resource begins' })}
        value={search.resource}
        read={(text) => (RESOURCE.test(text) ? text : null)}
        onChange={(resource) => onChange({ resource })}
      />
    </FilterBar>
  );
}

export function DaysFields({ search, onChange }: FiltersProps) {
  const intl = useIntl();
  return (
    <>
      <DayField
        label={intl.formatMessage({ id: 'audit.from', defaultMessage: 'First day' })}
        value={search.from}
        max={search.to}
        onChange={(from) => onChange({ from })}
      />
      <DayField
        label={intl.formatMessage({ id: 'audit.to', defaultMessage: 'Last day' })}
        value={search.to}
        min={search.from}
        onChange={(to) => onChange({ to })}
      />
    </>
  );
}
