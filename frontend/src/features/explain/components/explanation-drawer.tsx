/** What a figure is made of, beside the page that shows it. */
import { type ReactNode } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { FigureEntries } from './figure-entries';
import { figureWords } from '@/components/metric-words';
import { SideSheet } from '@/components/side-sheet';
import type { FigureQuestion } from '@/lib/figures';

interface ExplanationDrawerProps {
  question: FigureQuestion | undefined;
  onChange: (question: FigureQuestion | undefined) => void;
  /** What else can be done with the figure. */
  actions?: ReactNode;
}

export function ExplanationDrawer({ question, onChange, actions }: ExplanationDrawerProps) {
  const intl = useIntl();
  const words = Object.entries(figureWords).find(([metric]) => metric === question?.metric)?.[1];
  return (
    <SideSheet
      open={question !== undefined}
      onClose={() => onChange(undefined)}
      title={
        <FormattedMessage
          id="explain.title"
          defaultMessage="What is in “{figure}”"
          values={{ figure: words ? intl.formatMessage(words) : question?.metric }}
        />
      }
    >
      {question && (
        <FigureEntries
          key={JSON.stringify(question)}
          question={question}
          onComponent={(component) => onChange({ ...question, component })}
          actions={actions}
        />
      )}
    </SideSheet>
  );
}
