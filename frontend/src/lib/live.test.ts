import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVERYTHING, Live, type LiveSurroundings, SILENCE_MS, type StreamEvent } from './live';

const change = {
  clinic_id: 'harbor',
  reports: ['revenue'] as const,
  first_date: '2026-03-30',
  last_date: '2026-03-31',
};
const update = (id: string): StreamEvent => ({ event: 'report-update', data: change, id });

/** A server that can be made to speak, end and fail, and a browser with one tab. */
function around(lead: LiveSurroundings['lead'] = (work) => work()) {
  const connections: {
    lastId: string | undefined;
    speak: (event: StreamEvent) => void;
    end: () => void;
    fail: () => void;
  }[] = [];
  const tell = vi.fn();
  const live = new Live({
    connect: (lastId, hear, signal) =>
      new Promise((resolve, reject) => {
        const end = () => resolve();
        connections.push({ lastId, speak: hear, end, fail: () => reject(new Error('away')) });
        signal.addEventListener('abort', end);
      }),
    lead,
    tell,
    random: () => 1,
  });
  const heard: unknown[] = [];
  live.listen((news) => heard.push(news));
  return { live, connections, tell, heard };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('live news', () => {
  it('are told here and to the other tabs', async () => {
    const { live, connections, tell, heard } = around();
    live.start();
    await vi.advanceTimersByTimeAsync(0);

    connections[0]?.speak(update('7'));

    expect(heard).toEqual([change]);
    expect(tell).toHaveBeenCalledWith(update('7'));
    expect(live.isLive).toBe(true);
  });

  it('go on behind the last one after the connection has ended', async () => {
    const { live, connections } = around();
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    connections[0]?.speak(update('7'));
    connections[0]?.end();

    await vi.advanceTimersByTimeAsync(1_000);

    expect(connections.map(({ lastId }) => lastId)).toEqual([undefined, '7']);
    expect(live.isLive).toBe(true);
  });

  it('are asked for less and less often while nobody answers', async () => {
    const { live, connections } = around();
    live.start();

    for (const expected of [1, 2, 3]) {
      await vi.advanceTimersByTimeAsync(0);
      expect(connections).toHaveLength(expected);
      connections.at(-1)?.fail();
      await vi.advanceTimersByTimeAsync(1_000 * 2 ** expected - 1);
      expect(connections).toHaveLength(expected);
      await vi.advanceTimersByTimeAsync(1);
    }
  });

  it('count as gone after a silence, and are asked for again', async () => {
    const { live, connections } = around();
    live.start();
    await vi.advanceTimersByTimeAsync(0);
    connections[0]?.speak({});
    expect(live.isLive).toBe(true);

    await vi.advanceTimersByTimeAsync(SILENCE_MS);
    expect(live.isLive).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);

    expect(connections).toHaveLength(2);
  });

  it('that were missed may be anything', async () => {
    const { live, connections, heard } = around();
    live.start();
    await vi.advanceTimersByTimeAsync(0);

    connections[0]?.speak({ event: 'reset', data: {}, id: '9' });

    expect(heard).toEqual([EVERYTHING]);
  });

  it('come from the leading tab while there is one, and go on where it stopped', () => {
    let takeOver: () => void = () => undefined;
    const { live, connections, heard } = around((work) => {
      return new Promise((resolve) => (takeOver = () => void work().then(resolve)));
    });
    live.start();
    live.hear(update('4'));
    expect(heard).toEqual([change]);
    expect(connections).toHaveLength(0);

    takeOver();

    expect(connections.map(({ lastId }) => lastId)).toEqual(['4']);
  });

  it('end with the page', async () => {
    const { live, connections } = around();
    const end = live.start();
    await vi.advanceTimersByTimeAsync(0);
    connections[0]?.speak({});

    end();
    await vi.advanceTimersByTimeAsync(120_000);

    expect(live.isLive).toBe(false);
    expect(connections).toHaveLength(1);
  });
});
