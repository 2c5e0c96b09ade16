/** The patients found, or why there are none. */
import { Button, List, ListItem, ListItemButton, ListItemText, Typography } from '@mui/material';
import { FormattedMessage } from 'react-intl';
import type { Sought } from '../api/find-patients';
import { looksLikeId } from '../search';
import { EmptyState } from '@/components/empty-state';
import { clinicName, useAccount } from '@/lib/account';
import type { PatientsReport } from '@/lib/api';

interface PatientsFoundProps {
  sought: Sought;
  report: PatientsReport;
  onChoose: (patient: string) => void;
  onAsId: () => void;
}

export function PatientsFound({ sought, report, onChoose, onAsId }: PatientsFoundProps) {
  const account = useAccount();
  if (report.patients.length === 0) return <Nobody sought={sought} onAsId={onAsId} />;
  return (
    <>
      <Typography variant="body2" color="textSecondary">
        <FormattedMessage
          id="patients.found"
          defaultMessage="{count, plural, one {# patient} other {# patients}}{more, select, true { and more: add another part of the name} other {}}"
          values={{ count: report.patients.length, more: String(report.page.next !== null) }}
        />
      </Typography>
      <List disablePadding sx={{ mt: 1 }}>
        {report.patients.map((patient) => (
          <ListItem key={patient.patient_id} disablePadding divider>
            <ListItemButton onClick={() => onChoose(patient.patient_id)}>
              <ListItemText
                primary={<bdi>{patient.patient_id}</bdi>}
                secondary={patient.clinic_ids.map((id) => clinicName(account, id)).join(', ')}
                slotProps={{ primary: { sx: { fontWeight: 600 } } }}
              />
            </ListItemButton>
          </ListItem>
        ))}
      </List>
    </>
  );
}

function Nobody({ sought, onAsId }: Pick<PatientsFoundProps, 'sought' | 'onAsId'>) {
  const wasId = sought.asId ?? looksLikeId(sought.typed);
  const couldBeId = !wasId && !sought.typed.includes(' ');
  return (
    <EmptyState
      title={<FormattedMessage id="patients.nobody" defaultMessage="No patient found" />}
      action={
        couldBeId && (
          <Button variant="outlined" onClick={onAsId}>
            <FormattedMessage id="patients.as-id" defaultMessage="Look for it as a patient ID" />
          </Button>
        )
      }
    >
      {wasId ? (
        <FormattedMessage
          id="patients.nobody.id"
          defaultMessage="None of your clinics knows this patient ID. IDs are compared letter by letter, capitals included."
        />
      ) : (
        <FormattedMessage
          id="patients.nobody.name"
          defaultMessage="No patient of your clinics has all of these name parts. Whole words are compared; capitals and accents do not matter."
        />
      )}
    </EmptyState>
  );
}
