/** Which clinic; not shown to those who see only one. */
import { useIntl } from 'react-intl';
import { Choice } from './choice';
import { useAccount } from '@/lib/account';

interface ClinicChoiceProps {
  value: string | undefined;
  onChange: (clinicId: string | undefined) => void;
}

export function ClinicChoice({ value, onChange }: ClinicChoiceProps) {
  const intl = useIntl();
  const { clinics } = useAccount();
  if (clinics.length < 2 && !value) return null;
  return (
    <Choice
      label={intl.formatMessage({ id: 'clinic', defaultMessage: 'Clinic' })}
      none={intl.formatMessage({ id: 'clinic.all', defaultMessage: 'All clinics' })}
      value={value ?? ''}
      options={clinics.map((one) => ({ value: one.clinic_id, label: one.name ?? one.clinic_id }))}
      onChange={onChange}
    />
  );
}
