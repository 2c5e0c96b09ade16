/** Starts a run over a practice's database, after asking what it should read. */
import { Button } from '@mui/material';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { FormattedMessage } from 'react-intl';
import { StartRunDialog } from './start-run-dialog';
import { may, useAccount } from '@/lib/account';

export function StartRunButton({ onStarted }: { onStarted: (runId: string) => void }) {
  const account = useAccount();
  const [isOpen, setOpen] = useState(false);
  if (!may(account, 'runs:decide')) return null;
  return (
    <>
      <Button
        variant="contained"
        startIcon={<Play size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        <FormattedMessage id="run.start" defaultMessage="Start a run" />
      </Button>
      {isOpen && (
        <StartRunDialog
          onClose={() => setOpen(false)}
          onStarted={(runId) => {
            setOpen(false);
            onStarted(runId);
          }}
        />
      )}
    </>
  );
}
