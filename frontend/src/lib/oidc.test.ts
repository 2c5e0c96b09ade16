import { webcrypto } from 'node:crypto';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Issuer } from './oidc';
import { server } from '@/testing/server';

const ISSUER = 'https://id.clinic.test';
const HERE = '/staff/reports/revenue?by=quarter';
const ID_TOKEN = `h.${btoa(JSON.stringify({ sub: 'ada-1' }))}.s`;

function discovered(): void {
  server.use(
    http.get(`${ISSUER}/.well-known/openid-configuration`, () =>
      HttpResponse.json({
        issuer: ISSUER,
        authorization_endpoint: `${ISSUER}/authorize`,
        token_endpoint: `${ISSUER}/token`,
      }),
    ),
  );
}

function answersTokens(body: object, status = 200): URLSearchParams[] {
  const forms: URLSearchParams[] = [];
  server.use(
    http.post(`${ISSUER}/token`, async ({ request }) => {
      forms.push(new URLSearchParams(await request.text()));
      return HttpResponse.json(body, { status });
    }),
  );
  return forms;
}

function prepared() {
  const left: URL[] = [];
  const provider = {
    issuer: ISSUER,
    client_id: 'dashboard',
    scope: 'openid',
    name: 'Clinic ID',
    parameters: { audience: 'careledger' },
  };
  const issuer = new Issuer(provider, (address) => left.push(new URL(address)));
  return { issuer, left };
}

function returned(state: string | null | undefined, answer: string): void {
  window.history.replaceState(null, '', `/staff/reports/signed-in?state=${state}&${answer}`);
}

const TOKENS = { access_token: 'a.b.c', id_token: ID_TOKEN, token_type: 'Bearer', expires_in: 300 };

beforeEach(() => {
  vi.stubGlobal('crypto', webcrypto);
  vi.stubGlobal('isSecureContext', true);
  window.history.replaceState(null, '', HERE);
  sessionStorage.clear();
  discovered();
});

describe('signing in at an issuer', () => {
  it('leaves with a challenge whose secret stays here, and comes back to the same address', async () => {
    const forms = answersTokens(TOKENS);
    const { issuer, left } = prepared();

    await issuer.begin({ quietly: false });
    const asked = left[0]?.searchParams;
    returned(asked?.get('state'), 'code=the-code');
    const token = await issuer.complete();

    expect(asked?.get('code_challenge_method')).toBe('S256');
    expect(asked?.get('prompt')).toBeNull();
    expect(forms[0]?.get('code_verifier')).toMatch(/^[\w.~-]{43,}$/);
    expect(left[0]?.href).not.toContain(forms[0]?.get('code_verifier'));
    expect(token).toEqual({ access_token: 'a.b.c', expires_in: 300 });
    expect(window.location.pathname + window.location.search).toBe(HERE);
    expect(JSON.stringify(sessionStorage)).not.toContain('a.b.c');
  });

  it('takes no answer to a question it did not ask', async () => {
    const { issuer } = prepared();
    returned('of-somebody-else', 'code=the-code');

    await expect(issuer.complete()).rejects.toThrow();

    expect(window.location.pathname).toBe('/staff/reports');
  });

  it.each([
    { error: 'login_required', code: undefined },
    { error: 'access_denied', code: 'access_denied' },
  ])('tells a refusal unless it was to be expected: $error', async ({ error, code }) => {
    const { issuer, left } = prepared();
    await issuer.begin({ quietly: true });
    returned(left[0]?.searchParams.get('state'), `error=${error}`);

    await expect(issuer.complete()).rejects.toMatchObject({ status: 401, code });

    expect(left[0]?.searchParams.get('prompt')).toBe('none');
    expect(window.location.pathname + window.location.search).toBe(HERE);
  });

  it('renews by the refresh token, each good for one use', async () => {
    const forms = answersTokens({ ...TOKENS, refresh_token: 'first' });
    const { issuer, left } = prepared();
    await issuer.begin({ quietly: false });
    returned(left[0]?.searchParams.get('state'), 'code=the-code');
    await issuer.complete();

    await issuer.renew({ mayLeave: false });

    expect(forms.at(-1)?.get('grant_type')).toBe('refresh_token');
    expect(forms.at(-1)?.get('refresh_token')).toBe('first');
    expect(left).toHaveLength(1);
  });

  it('does not leave a page somebody works on', async () => {
    const { issuer, left } = prepared();

    await expect(issuer.renew({ mayLeave: false })).rejects.toMatchObject({ status: 401 });

    expect(left).toEqual([]);
  });
});
