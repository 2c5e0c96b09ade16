/** How far an export is; it goes on when the dialog is closed. */
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  LinearProgress,
} from '@mui/material';
import { FormattedMessage, useIntl } from 'react-intl';
import { isUnderWay, useExport } from '../api/get-export';
import { download } from '../download';
import { ErrorPanel } from '@/components/error-panel';

interface ExportDialogProps {
  open: boolean;
  exportId: string | undefined;
  error: unknown;
  onClose: () => void;
}

export function ExportDialog({ open, exportId, error, onClose }: ExportDialogProps) {
  const intl = useIntl();
  return (
    <Dialog open={open} onClose={onClose} aria-labelledby="export-title" maxWidth="xs" fullWidth>
      <DialogTitle id="export-title">
        <FormattedMessage id="export.title" defaultMessage="Export as PDF" />
      </DialogTitle>
      {error != null && (
        <DialogContent>
          <ErrorPanel error={error} />
        </DialogContent>
      )}
      {exportId && <Progress exportId={exportId} />}
      {!exportId && error == null && (
        <DialogContent>
          <LinearProgress
            aria-label={intl.formatMessage({ id: 'export.asking', defaultMessage: 'Asking' })}
          />
        </DialogContent>
      )}
      <DialogActions>
        <Button onClick={onClose}>
          <FormattedMessage id="close" defaultMessage="Close" />
        </Button>
        {exportId && <DownloadButton exportId={exportId} />}
      </DialogActions>
    </Dialog>
  );
}

function Progress({ exportId }: { exportId: string }) {
  const intl = useIntl();
  const { data } = useExport(exportId);
  if (!data) return null;
  return (
    <DialogContent>
      <div role="status">
        {data.state === 'ready' && (
          <Alert severity="success">
            <FormattedMessage
              id="export.ready"
              defaultMessage="The document is ready. It shows the same figures as the screen when you asked."
            />
          </Alert>
        )}
        {data.state === 'failed' && <Alert severity="error">{data.problem}</Alert>}
        {data.state === 'canceled' && (
          <Alert severity="info">
            <FormattedMessage id="export.canceled" defaultMessage="The export was canceled." />
          </Alert>
        )}
        {isUnderWay(data) && (
          <DialogContentText sx={{ mb: 2 }}>
            <FormattedMessage
              id="export.under-way"
              defaultMessage="The document is being made. You can close this and find it under Exports."
            />
          </DialogContentText>
        )}
      </div>
      {isUnderWay(data) && (
        <LinearProgress
          variant={data.progress_percent > 0 ? 'determinate' : 'indeterminate'}
          value={data.progress_percent}
          aria-label={intl.formatMessage({ id: 'export.progress', defaultMessage: 'Progress' })}
        />
      )}
    </DialogContent>
  );
}

function DownloadButton({ exportId }: { exportId: string }) {
  const { data } = useExport(exportId);
  return (
    <Button
      variant="contained"
      disabled={data?.state !== 'ready'}
      onClick={() => void download(exportId)}
    >
      <FormattedMessage id="export.download" defaultMessage="Download" />
    </Button>
  );
}
