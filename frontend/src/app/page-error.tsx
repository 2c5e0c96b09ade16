/** A page that failed as a whole, usually because a part of it could not be loaded. */
import { Alert, Button } from '@mui/material';
import { FormattedMessage } from 'react-intl';

export function PageError() {
  return (
    <Alert
      severity="error"
      action={
        <Button color="inherit" onClick={() => window.location.reload()}>
          <FormattedMessage id="page-error.reload" defaultMessage="Reload" />
        </Button>
      }
    >
      <FormattedMessage
        id="page-error"
        defaultMessage="This page could not be opened. The dashboard may have been renewed meanwhile."
      />
    </Alert>
  );
}
