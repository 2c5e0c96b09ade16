import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { isTouched, PACE_MS, Refresh } from './refresh';
import { type Change, EVERYTHING } from '@/lib/live';

const change: Change = {
  clinic_id: 'harbor',
  reports: ['revenue', 'patients', 'outstanding'],
  first_date: '2026-03-30',
  last_date: '2026-03-31',
};
const march = { start_date: '2026-03-01', end_date: '2026-03-31' };

describe('a change touches', () => {
  it.each([
    ['a range it lies in', ['revenue', march]],
    ['the clinic it is of', ['revenue', { ...march, clinic_id: 'harbor' }]],
    [
      'a range compared with one it may lie in',
      ['revenue', { start_date: '2026-04-01', compare: 'previous_period' }],
    ],
    ['the indicators', ['indicators', {}]],
    ['the sums of receivables', ['outstanding', 'summary', {}]],
    ['the first page of receivables', ['outstanding', 'list', { currency: 'USD' }, undefined]],
    ['a patient’s history', ['payment-history', 'P-1', {}]],
    ['an earlier day it is dated before', ['outstanding', 'summary', { as_of: '2026-03-30' }]],
  ])('%s', (_what, key) => {
    expect(isTouched(key, change)).toBe(true);
  });

  it.each([
    ['another clinic', ['revenue', { ...march, clinic_id: 'hudson' }]],
    [
      'a range that ended before',
      ['revenue', { start_date: '2026-01-01', end_date: '2026-01-31' }],
    ],
    [
      'a range that begins later',
      ['revenue', { start_date: '2026-04-01', end_date: '2026-04-30' }],
    ],
    ['an earlier day it is dated after', ['outstanding', 'summary', { as_of: '2026-03-29' }]],
    ['a page of a state already answered', ['outstanding', 'list', {}, 'a cursor']],
    ['the entries of a figure at one state', ['explain', { metric: 'refunds' }]],
    ['who is signed in', ['account']],
  ])('not %s', (_what, key) => {
    expect(isTouched(key, change)).toBe(false);
  });

  it('only the reports it names', () => {
    const ofRevenue: Change = { ...change, reports: ['revenue'] };

    expect(isTouched(['payment-history', 'P-1', {}], ofRevenue)).toBe(false);
    expect(isTouched(['indicators', {}], ofRevenue)).toBe(true);
  });
});

it('after missed news every report may be another one, and nothing else', () => {
  expect(isTouched(['revenue', march], EVERYTHING)).toBe(true);
  expect(isTouched(['account'], EVERYTHING)).toBe(false);
});

describe('what is on screen', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A page that shows revenue, and what the API was asked. */
  async function shown() {
    const queryClient = new QueryClient();
    const ask = vi.fn(() => Promise.resolve('an answer'));
    const observer = new QueryObserver(queryClient, { queryKey: ['revenue', march], queryFn: ask });
    observer.subscribe(() => undefined);
    await vi.advanceTimersByTimeAsync(0);
    ask.mockClear();
    return { ask, refresh: new Refresh(queryClient) };
  }

  it('is asked for again at once', async () => {
    const { ask, refresh } = await shown();

    refresh.take(change);
    await vi.advanceTimersByTimeAsync(0);

    expect(ask).toHaveBeenCalledOnce();
  });

  it('is asked for at a steady pace while changes rain down, and of the last one too', async () => {
    const { ask, refresh } = await shown();

    for (let step = 0; step < 10; step += 1) {
      refresh.take(change);
      await vi.advanceTimersByTimeAsync(PACE_MS / 10);
    }
    await vi.advanceTimersByTimeAsync(2 * PACE_MS);

    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('waits for an answer that is on its way', async () => {
    const { ask, refresh } = await shown();
    let arrive: (answer: string) => void = () => undefined;
    ask.mockReturnValueOnce(new Promise((resolve) => (arrive = resolve)));
    refresh.take(change);
    refresh.take(change);
    await vi.advanceTimersByTimeAsync(PACE_MS);
    expect(ask).toHaveBeenCalledOnce();

    arrive('an answer from before');
    await vi.advanceTimersByTimeAsync(PACE_MS);

    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('is left alone by what does not concern it', async () => {
    const { ask, refresh } = await shown();

    refresh.take({ ...change, reports: ['patients'] });
    await vi.advanceTimersByTimeAsync(PACE_MS);

    expect(ask).not.toHaveBeenCalled();
  });
});
