/** The live news of this browser: one connection for its tabs, over the browser's locks and channel. */
import { followUpdates } from './api';
import { Live, type StreamEvent } from './live';

const NAME = 'careledger-live';

const channel = new BroadcastChannel(NAME);

export const live = new Live({
  connect: async (lastId, hear, signal) => {
    const failures: unknown[] = [];
    const { stream } = await followUpdates({
      signal,
      // Whatever a reader waits for goes before it.
      priority: 'low',
      headers: { 'Last-Event-ID': lastId },
      // Whether to try again, when and behind which event is decided by who leads.
      sseMaxRetryAttempts: 1,
      onSseError: (error) => failures.push(error),
      onSseEvent: ({ event, data, id }) => hear({ event, data, id }),
    });
    // Reading on is all there is to do: each event was told above.
    while (!(await stream.next()).done);
    if (failures.length > 0) throw failures[0] as Error;
  },
  lead: (work, signal) => navigator.locks.request(NAME, { signal }, work),
  tell: (event) => channel.postMessage(event),
  random: Math.random,
});

channel.addEventListener('message', (message: MessageEvent<StreamEvent>) => {
  live.hear(message.data);
});
