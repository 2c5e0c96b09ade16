/** One box for id or name; the name goes to the server in a body and is shown nowhere else. */
import { Box, Button, InputAdornment, TextField } from '@mui/material';
import { Search } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { type Sought, usePatients } from '../api/find-patients';
import { PatientsFound } from './patients-found';
import { ErrorPanel } from '@/components/error-panel';
import { Panel } from '@/components/panel';

export function PatientSearch({ onChoose }: { onChoose: (patient: string) => void }) {
  const intl = useIntl();
  const [sought, setSought] = useState<Sought | null>(null);
  const found = usePatients(sought);

  function submit(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get('patient');
    const text = typeof typed === 'string' ? typed.trim() : '';
    setSought(text ? { typed: text } : null);
  }

  return (
    <Panel title={<FormattedMessage id="patients.find" defaultMessage="Find a patient" />}>
      <Box
        component="form"
        role="search"
        autoComplete="off"
        onSubmit={submit}
        sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'flex-start' }}
      >
        <TextField
          name="patient"
          type="search"
          size="medium"
          label={intl.formatMessage({ id: 'patients.box', defaultMessage: 'Patient ID or name' })}
          helperText={intl.formatMessage({
            id: 'patients.box.help',
            defaultMessage: 'Whole words, in any order. Names are compared, never shown or kept.',
          })}
          sx={{ flex: '1 1 280px', maxWidth: 520 }}
          slotProps={{
            htmlInput: { maxLength: 200, spellCheck: false },
            input: {
              startAdornment: (
                <InputAdornment position="start">
                  <Search size={18} aria-hidden />
                </InputAdornment>
              ),
            },
          }}
        />
        <Button
          type="submit"
          variant="contained"
          size="large"
          loading={found.isFetching}
          sx={{ minHeight: 54 }}
        >
          <FormattedMessage id="patients.search" defaultMessage="Search" />
        </Button>
      </Box>
      <Box role="status" sx={{ mt: 2 }}>
        {found.error && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
        {sought && found.data && (
          <PatientsFound
            sought={sought}
            report={found.data}
            onChoose={onChoose}
            onAsId={() => setSought({ ...sought, asId: true })}
          />
        )}
      </Box>
    </Panel>
  );
}
