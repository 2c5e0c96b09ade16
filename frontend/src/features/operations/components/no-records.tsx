/** Why no refused record is listed. */
import { FormattedMessage } from 'react-intl';
import type { OperationsSearch } from '../search';
import { EmptyState } from '@/components/empty-state';

export function NoRecords({ search }: { search: OperationsSearch }) {
  if (search.source ?? search.reason ?? search.records) {
    return (
      <EmptyState
        title={
          <FormattedMessage id="records.none-so" defaultMessage="No record fits the filters" />
        }
      >
        <FormattedMessage
          id="records.none-so.why"
          defaultMessage="Take a filter away, or choose another state."
        />
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={<FormattedMessage id="records.none" defaultMessage="Nothing waits for a decision" />}
    >
      <FormattedMessage
        id="records.none.why"
        defaultMessage="Every record that came in was accepted, or was decided about. What is refused from now on is listed here and is in no report."
      />
    </EmptyState>
  );
}
