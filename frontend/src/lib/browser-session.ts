/** The one session of this tab, with the browser's locks, channel and storage around it. */
import { createToken, revokeToken } from './api';
import { createClient } from './api/client';
import { asProblem, Problem } from './problem';
import { Session, type SessionNews } from './session';

const NAME = 'careledger-session';

// Signing in happens without a token, so it has a client of its own.
const client = createClient({ baseUrl: window.location.origin });
client.interceptors.error.use((error, response) => asProblem(error, response));

const channel = new BroadcastChannel(NAME);

export const session = new Session({
  requestToken: async (form) =>
    (await createToken({ client, body: form, throwOnError: true })).data,
  revoke: async () => {
    // Without a token in it the form means the cookie; an empty form would lose its content type.
    await revokeToken({ client, body: { token: '' }, throwOnError: true });
  },
  exclusively: (work) => navigator.locks.request(NAME, work),
  announce: (news) => channel.postMessage(news),
  marker: {
    get: () => localStorage.getItem(NAME) !== null,
    set: (isThere) =>
      isThere ? localStorage.setItem(NAME, 'may be there') : localStorage.removeItem(NAME),
  },
  startOver: () => window.location.reload(),
  now: Date.now,
  isRefusal: (error) => error instanceof Problem && (error.status === 400 || error.status === 401),
});

channel.addEventListener('message', (event: MessageEvent<SessionNews>) => {
  void session.hear(event.data);
});
