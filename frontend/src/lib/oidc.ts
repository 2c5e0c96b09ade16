/**
 * Signing in at an OpenID Connect issuer: authorization code with PKCE, tokens in memory alone.
 *
 * A reload forgets the tokens; the issuer, which still knows the browser, is then asked without a
 * word to the reader. Loaded only where an issuer is used.
 */
import { ErrorResponse, OidcClient, type RefreshState, WebStorageStateStore } from 'oidc-client-ts';
import type { OidcProvider } from './api';
import { Problem } from './problem';
import { BASE_PATH, SIGNED_IN_PATH } from '@/config/paths';

export interface IssuedToken {
  access_token: string;
  expires_in: number;
}

type Tokens = Awaited<ReturnType<OidcClient['processSigninResponse']>>;

/** What an issuer answers when it would have to ask the reader, which it was told not to do. */
const QUIET_REFUSALS = [
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
];
const TIMEOUT_SECONDS = 10;
const FORGOTTEN_SECONDS = 600;

export class Issuer {
  readonly #client: OidcClient;
  readonly #go: (address: string) => void;
  #tokens: Tokens | undefined;

  constructor(provider: OidcProvider, go: (address: string) => void) {
    const { origin } = window.location;
    this.#go = go;
    this.#client = new OidcClient({
      authority: provider.issuer,
      client_id: provider.client_id,
      scope: provider.scope,
      extraQueryParams: provider.parameters,
      redirect_uri: origin + SIGNED_IN_PATH,
      post_logout_redirect_uri: origin + BASE_PATH,
      stateStore: new WebStorageStateStore({ prefix: 'careledger.oidc.', store: sessionStorage }),
      staleStateAgeInSeconds: FORGOTTEN_SECONDS,
      requestTimeoutInSeconds: TIMEOUT_SECONDS,
      loadUserInfo: false,
    });
  }

  /** Leave for the issuer; quietly means that it must not ask the reader anything. */
  async begin({ quietly }: { quietly: boolean }): Promise<void> {
    const { pathname, search } = window.location;
    await this.#client.clearStaleState();
    const request = await this.#client.createSigninRequest({
      state: pathname + search,
      ...(quietly && { prompt: 'none' }),
    });
    this.#go(request.url);
  }

  /** Take up what the issuer sent the browser back with, and the address one came from. */
  async complete(): Promise<IssuedToken> {
    let address: unknown;
    try {
      this.#tokens = await this.#client.processSigninResponse(window.location.href);
      address = this.#tokens.userState;
      return issued(this.#tokens);
    } catch (error) {
      if (error instanceof ErrorResponse) address = error.state;
      throw asRefusal(error);
    } finally {
      window.history.replaceState(null, '', isOurs(address) ? address : BASE_PATH);
    }
  }

  /** Renew by the refresh token; without one the issuer is asked anew, if the page may be left. */
  async renew({ mayLeave }: { mayLeave: boolean }): Promise<IssuedToken> {
    const { refresh_token, id_token, profile, session_state, scope } = this.#tokens ?? {};
    if (refresh_token && profile) {
      const known = {
        refresh_token,
        profile,
        session_state: session_state ?? null,
        ...(id_token && { id_token }),
        ...(scope && { scope }),
      };
      // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- The library exports this class as a type alone; it is data.
      const state: RefreshState = known;
      try {
        const renewed = await this.#client.useRefreshToken({ state });
        renewed.refresh_token ??= refresh_token;
        this.#tokens = renewed;
        return issued(renewed);
      } catch (error) {
        throw asRefusal(error);
      }
    }
    if (!mayLeave) throw new Problem({ status: 401, detail: 'The issuer has to be asked.' });
    await this.begin({ quietly: true });
    // The page is being left; whoever waits for a token is left with it.
    return new Promise<never>(() => undefined);
  }

  /** Forget the tokens and return where the issuer ends its own session, if it says. */
  async end(): Promise<string | undefined> {
    const { refresh_token, id_token } = this.#tokens ?? {};
    this.#tokens = undefined;
    const metadata = await this.#client.metadataService.getMetadata();
    if (refresh_token && metadata.revocation_endpoint) {
      await this.#client.revokeToken(refresh_token, 'refresh_token');
    }
    if (!metadata.end_session_endpoint) return undefined;
    const request = await this.#client.createSignoutRequest({
      client_id: this.#client.settings.client_id,
      ...(id_token && { id_token_hint: id_token }),
    });
    return request.url;
  }
}

function issued({ access_token, expires_in }: Tokens): IssuedToken {
  return { access_token, expires_in: expires_in ?? 60 };
}

function isOurs(address: unknown): address is string {
  return typeof address === 'string' && address.startsWith(BASE_PATH);
}

/** A refusal of the issuer; it has a code if the reader should be told of it. */
function asRefusal(error: unknown): unknown {
  if (!(error instanceof ErrorResponse)) return error;
  const code = error.error ?? 'unknown';
  const detail = error.error_description ?? code;
  const isQuiet = QUIET_REFUSALS.includes(code) || code === 'invalid_grant';
  return new Problem({ status: 401, detail, ...(!isQuiet && { error: code }) });
}
