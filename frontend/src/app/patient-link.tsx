/** Leads to a patient's history, for who may see it; for others it is only the id. */
import { Link as MuiLink } from '@mui/material';
import { createLink } from '@tanstack/react-router';
import { FormattedMessage } from 'react-intl';
import { may, useAccount } from '@/lib/account';

const Link = createLink(MuiLink);

export function PatientLink({ patient }: { patient: string }) {
  const account = useAccount();
  const words = (
    <FormattedMessage
      id="receivable.patient"
      defaultMessage="Patient {patient}"
      values={{ patient: <bdi>{patient}</bdi> }}
    />
  );
  if (!may(account, 'history:read')) return words;
  return (
    <Link to="/patients" search={{ patient }} variant="body2">
      {words}
    </Link>
  );
}
