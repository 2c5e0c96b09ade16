/** Which rows of a history to see; balances and totals stay what they are. */
import { Box, Chip, Typography } from '@mui/material';
import { Check } from 'lucide-react';
import { useId } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { INVOICE_STATUSES, PAYMENT_STATUSES, type PatientsSearch, toggled } from '../search';
import { ClinicChoice } from '@/components/clinic-choice';
import { DayField } from '@/components/day-field';
import { FilterBar } from '@/components/filter-bar';
import { type Status, statusWords } from '@/components/status-chip';

interface HistoryFiltersProps {
  search: PatientsSearch;
  onChange: (change: Partial<PatientsSearch>) => void;
}

export function HistoryFilters({ search, onChange }: HistoryFiltersProps) {
  const intl = useIntl();
  return (
    <FilterBar>
      <DayField
        label={intl.formatMessage({ id: 'history.from', defaultMessage: 'From' })}
        value={search.from}
        max={search.to}
        onChange={(from) => onChange({ from })}
      />
      <DayField
        label={intl.formatMessage({ id: 'history.to', defaultMessage: 'To (included)' })}
        value={search.to}
        min={search.from}
        onChange={(to) => onChange({ to })}
      />
      <ClinicChoice value={search.clinic} onChange={(clinic) => onChange({ clinic })} />
      <Statuses
        label={intl.formatMessage({ id: 'history.payments', defaultMessage: 'Payments' })}
        statuses={PAYMENT_STATUSES}
        chosen={search.payment}
        onToggle={(status) => onChange({ payment: toggled(search.payment, status) })}
      />
      <Statuses
        label={intl.formatMessage({ id: 'history.invoices', defaultMessage: 'Invoices' })}
        statuses={INVOICE_STATUSES}
        chosen={search.invoice}
        onToggle={(status) => onChange({ invoice: toggled(search.invoice, status) })}
      />
    </FilterBar>
  );
}

interface StatusesProps {
  label: string;
  statuses: readonly Status[];
  chosen: string | undefined;
  onToggle: (status: Status) => void;
}

function Statuses({ label, statuses, chosen, onToggle }: StatusesProps) {
  const id = useId();
  const active = new Set(chosen?.split(','));
  return (
    <Box
      role="group"
      aria-labelledby={id}
      sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, alignItems: 'center' }}
    >
      <Typography id={id} variant="caption" color="textSecondary" sx={{ fontWeight: 600 }}>
        {label}
      </Typography>
      {statuses.map((status) => (
        <Chip
          key={status}
          size="small"
          variant={active.has(status) ? 'filled' : 'outlined'}
          color={active.has(status) ? 'primary' : 'default'}
          icon={active.has(status) ? <Check size={14} aria-hidden /> : undefined}
          label={<FormattedMessage {...statusWords[status]} />}
          onClick={() => onToggle(status)}
          aria-pressed={active.has(status)}
          sx={{ borderColor: 'var(--mui-palette-roles-outline)' }}
        />
      ))}
    </Box>
  );
}
