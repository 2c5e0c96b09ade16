/** In place of a chart of more points than the screen has. */
import { FormattedMessage } from 'react-intl';
import { EmptyState } from '@/components/empty-state';

export function TooMany() {
  return (
    <EmptyState
      title={<FormattedMessage id="revenue.too-many" defaultMessage="Too many points to draw" />}
    >
      <FormattedMessage
        id="revenue.too-many.why"
        defaultMessage="Choose weeks, months or years to see a chart; the table has every period as it is."
      />
    </EmptyState>
  );
}
