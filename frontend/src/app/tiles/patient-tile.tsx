/** Finds a patient right from the overview. */
import { useNavigate } from '@tanstack/react-router';
import { PatientSearch } from '@/features/payment-history/components/patient-search';

export function PatientTile() {
  const navigate = useNavigate();
  return (
    <PatientSearch
      onChoose={(patient) => void navigate({ to: '/patients', search: { patient } })}
    />
  );
}
