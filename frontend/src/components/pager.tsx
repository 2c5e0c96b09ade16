/** Turns pages of a list whose end is known only when it is reached. */
import { Box, Button, type ButtonProps, Typography } from '@mui/material';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { FormattedMessage } from 'react-intl';

interface PagerProps {
  /** The number of the first row shown, from 1. */
  first: number;
  count: number;
  /** Missing where there is no such page. */
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

export function Pager({ first, count, onPrevious, onNext }: PagerProps) {
  if (count === 0 || (!onPrevious && !onNext && first === 1)) return null;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mt: 1.5 }}>
      <Typography variant="body2" color="textSecondary" role="status" sx={{ flexGrow: 1 }}>
        <FormattedMessage
          id="pager.rows"
          defaultMessage="{first, number}–{last, number}{more, select, true { of more} other { of {last, number}}}"
          values={{ first, last: first + count - 1, more: String(onNext !== undefined) }}
        />
      </Typography>
      <Turn onClick={onPrevious} startIcon={<ChevronLeft size={16} aria-hidden />}>
        <FormattedMessage id="pager.previous" defaultMessage="Previous page" />
      </Turn>
      <Turn onClick={onNext} endIcon={<ChevronRight size={16} aria-hidden />}>
        <FormattedMessage id="pager.next" defaultMessage="Next page" />
      </Turn>
    </Box>
  );
}

/** A button that keeps the focus while it has nothing to do: a disabled one would drop it. */
function Turn(props: ButtonProps) {
  const isIdle = !props.onClick;
  return <Button {...props} aria-disabled={isIdle} className={isIdle ? 'Mui-disabled' : ''} />;
}
