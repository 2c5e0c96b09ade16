import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { IntlProvider } from 'react-intl';
import { expect, it, vi } from 'vitest';
import { DayField } from './day-field';
import type { Day } from '@/lib/dates';

function renderField(first: Day | undefined, max?: Day) {
  const told = vi.fn();
  function Field() {
    const [day, setDay] = useState(first);
    return (
      <IntlProvider locale="en-US" defaultLocale="en-US">
        <DayField
          label="Day"
          value={day}
          max={max}
          onChange={(next) => {
            told(next);
            setDay(next);
          }}
        />
        <button onClick={() => setDay('2026-01-31')}>Another day</button>
      </IntlProvider>
    );
  }
  render(<Field />);
  return { told, field: screen.getByLabelText('Day'), user: userEvent.setup() };
}

it('tells a typed day once the field is left', async () => {
  const { told, field, user } = renderField(undefined);

  await user.type(field, '2026-03-01');
  expect(told).not.toHaveBeenCalled();
  await user.tab();

  expect(told.mock.calls).toEqual([['2026-03-01']]);
});

it('tells a typed day once Enter is pressed', async () => {
  const { told, field, user } = renderField(undefined);

  await user.type(field, '2026-03-01{Enter}');

  expect(told.mock.calls).toEqual([['2026-03-01']]);
});

it('tells a day picked in the calendar at once', () => {
  const { told, field } = renderField('2026-02-28');

  fireEvent.change(field, { target: { value: '2026-03-01' } });

  expect(told.mock.calls).toEqual([['2026-03-01']]);
});

it('does not tell a year that is only begun, and says what is missing', async () => {
  const { told, field, user } = renderField(undefined);

  await user.type(field, '0202-03-01{Enter}');

  expect(told).not.toHaveBeenCalled();
  expect(screen.getByRole('alert')).toHaveTextContent('Jan 1, 1900 at the earliest.');
  expect(field).toBeInvalid();
});

it('does not tell a day after the last one, and says which that is', async () => {
  const { told, field, user } = renderField('2026-03-01', '2026-03-31');

  await user.clear(field);
  told.mockClear();
  await user.type(field, '2026-04-01{Enter}');

  expect(told).not.toHaveBeenCalled();
  expect(field).toHaveAccessibleDescription('Mar 31, 2026 at the latest.');
});

it('says nothing while a wrong day is being put right', async () => {
  const { field, user } = renderField(undefined, '2026-03-31');
  await user.type(field, '2027-01-01{Enter}');
  expect(screen.getByRole('alert')).toBeVisible();

  await user.type(field, '2');

  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});

it('shows the day that holds when it is changed from elsewhere', async () => {
  const { field, user } = renderField(undefined, '2026-03-31');
  await user.type(field, '2027-01-01{Enter}');

  await user.click(screen.getByRole('button', { name: 'Another day' }));

  expect(field).toHaveValue('2026-01-31');
  expect(field).toBeValid();
});
