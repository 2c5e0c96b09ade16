/** Says that something could not be shown, what may help, and the id operators ask for. */
import { Alert, AlertTitle, Button, Typography } from '@mui/material';
import { FormattedMessage } from 'react-intl';
import { asProblem } from '@/lib/problem';

interface ErrorPanelProps {
  error: unknown;
  onRetry?: () => void;
}

export function ErrorPanel({ error, onRetry }: ErrorPanelProps) {
  const problem = asProblem(error, undefined);
  return (
    <Alert
      severity={problem.isPassing ? 'warning' : 'error'}
      action={
        onRetry && (
          <Button color="inherit" onClick={onRetry}>
            <FormattedMessage id="error.retry" defaultMessage="Try again" />
          </Button>
        )
      }
    >
      <AlertTitle>
        <Title status={problem.status} title={problem.title} />
      </AlertTitle>
      {problem.status > 0 && <Typography variant="body2">{problem.message}</Typography>}
      {problem.causes.map((cause) => (
        <Typography key={cause} variant="body2">
          {cause}
        </Typography>
      ))}
      {problem.requestId && (
        <Typography variant="caption" component="p" sx={{ mt: 0.5 }}>
          <FormattedMessage
            id="error.request"
            defaultMessage="Request id: {id}"
            values={{ id: <code>{problem.requestId}</code> }}
          />
        </Typography>
      )}
    </Alert>
  );
}

function Title({ status, title }: { status: number; title: string }) {
  if (status === 0) {
    return (
      <FormattedMessage
        id="error.unreachable"
        defaultMessage="Careledger cannot be reached. It is tried again by itself."
      />
    );
  }
  if (status === 403) {
    return (
      <FormattedMessage id="error.forbidden" defaultMessage="Your role does not include this." />
    );
  }
  if (title) return title;
  return <FormattedMessage id="error.unknown" defaultMessage="This could not be shown." />;
}
