/** Turns the report on screen into a PDF: asks for it, shows how far it is, hands it over. */
import { Button } from '@mui/material';
import { FileDown } from 'lucide-react';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { useRequestExport, type ExportRequest } from '../api/request-export';
import { paperFor } from '../paper';
import { ExportDialog } from './export-dialog';
import { may, useAccount } from '@/lib/account';

export function ExportButton(wanted: ExportRequest) {
  const { locale } = useIntl();
  const account = useAccount();
  const [isOpen, setOpen] = useState(false);
  const request = useRequestExport();
  if (!may(account, 'exports')) return null;
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<FileDown size={16} aria-hidden />}
        sx={{ minHeight: 40 }}
        onClick={() => {
          request.mutate({ ...wanted, ...paperFor(locale) });
          setOpen(true);
        }}
      >
        <FormattedMessage id="export.do" defaultMessage="Export PDF" />
      </Button>
      <ExportDialog
        open={isOpen}
        exportId={request.data?.export_id}
        error={request.error}
        onClose={() => setOpen(false)}
      />
    </>
  );
}
