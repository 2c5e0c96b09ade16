/** The one session of this tab, with the browser's locks, channel and storage around it. */
import { createToken, revokeToken } from './api';
import { createClient } from './api/client';
import type { IssuedToken, Issuer } from './oidc';
import { asProblem, Problem } from './problem';
import { Session, type SessionNews } from './session';
import { SIGNED_IN_PATH } from '@/config/paths';
import { signInWays } from '@/config/sign-in';

const NAME = 'careledger-session';
const AT_ISSUER = 'at the issuer';
const BY_COOKIE = 'may be there';

// Signing in happens without a token, so it has a client of its own.
const client = createClient({ baseUrl: window.location.origin });
client.interceptors.error.use((error, response) => asProblem(error, response));

const channel = new BroadcastChannel(NAME);
const { password, oidc } = signInWays();

let loaded: Promise<Issuer> | undefined;
let way = localStorage.getItem(NAME) ?? BY_COOKIE;
let farewell: string | undefined;

function issuer(): Promise<Issuer> {
  if (!oidc) throw new Error('No issuer is configured.');
  const provider = oidc;
  loaded ??= import('./oidc').then(
    (module) => new module.Issuer(provider, (address) => window.location.assign(address)),
  );
  return loaded;
}

const isReturning = () => oidc !== null && window.location.pathname === SIGNED_IN_PATH;
const isAtIssuer = () => oidc !== null && (isReturning() || way === AT_ISSUER);

async function renewAtIssuer(): Promise<IssuedToken> {
  const { status } = session;
  const answer = isReturning()
    ? await (await issuer()).complete()
    : await (await issuer()).renew({ mayLeave: status !== 'signed-in' && status !== 'expired' });
  way = AT_ISSUER;
  return answer;
}

export const session = new Session({
  ways: {
    password,
    issuer: oidc && {
      name: oidc.name,
      begin: async () => (await issuer()).begin({ quietly: false }),
    },
  },
  requestToken: async (form) => {
    if (form.grant_type === 'refresh_token' && isAtIssuer()) return renewAtIssuer();
    const { data } = await createToken({ client, body: form, throwOnError: true });
    way = BY_COOKIE;
    return data;
  },
  revoke: async () => {
    if (isAtIssuer()) {
      farewell = await (await issuer()).end();
      return;
    }
    // Without a token in it the form means the cookie; an empty form would lose its content type.
    await revokeToken({ client, body: { token: '' }, throwOnError: true });
  },
  exclusively: (work) => navigator.locks.request(NAME, work),
  announce: (news) => channel.postMessage(news),
  marker: {
    get: () => isReturning() || localStorage.getItem(NAME) !== null,
    set: (isThere) => (isThere ? localStorage.setItem(NAME, way) : localStorage.removeItem(NAME)),
  },
  startOver: () => {
    if (farewell) window.location.assign(farewell);
    else window.location.reload();
  },
  now: Date.now,
  isRefusal: (error) => error instanceof Problem && (error.status === 400 || error.status === 401),
});

channel.addEventListener('message', (event: MessageEvent<SessionNews>) => {
  way = localStorage.getItem(NAME) ?? way;
  void session.hear(event.data);
});
