/** Connects the generated API client: bearer token, one retry after a renewal, errors as problems. */
import { client } from './api/client.gen';
import { asProblem } from './problem';
import type { Session } from './session';

type Signing = Pick<Session, 'token' | 'reject'>;

/** A fetch that signs requests; a token refused once is renewed and the request sent again. */
export function signedFetch(session: Signing, send: typeof fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const again = request.clone();
    const token = await session.token();
    const response = await send(signed(request, token));
    if (response.status !== 401) return response;
    session.reject(token);
    return send(signed(again, await session.token()));
  };
}

export function connectApi(session: Signing): void {
  client.setConfig({
    baseUrl: window.location.origin,
    throwOnError: true,
    fetch: signedFetch(session, (input, init) => fetch(input, init)),
  });
  client.interceptors.error.use((error, response) => asProblem(error, response));
}

function signed(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}
