import { describe, expect, it, vi } from 'vitest';
import { signedFetch } from './api-client';

const ADDRESS = 'http://dashboard.test/api/v1/account';

describe('a request', () => {
  it('carries the token of the session', async () => {
    const send = vi.fn<typeof fetch>(() => Promise.resolve(new Response('{}')));
    const session = { token: () => Promise.resolve('one'), reject: vi.fn() };

    await signedFetch(session, send)(ADDRESS);

    const request = send.mock.calls[0]?.[0] as Request;
    expect(request.headers.get('authorization')).toBe('Bearer one');
  });

  it('is sent again with its body after a token was refused', async () => {
    const bodies: string[] = [];
    const tokens = ['old', 'new'];
    const session = { token: () => Promise.resolve(tokens[0] ?? ''), reject: () => tokens.shift() };
    const send = async (input: RequestInfo | URL) => {
      const request = input as Request;
      bodies.push(`${request.headers.get('authorization')} ${await request.text()}`);
      return new Response('{}', { status: bodies.length === 1 ? 401 : 200 });
    };

    const response = await signedFetch(session, send)(ADDRESS, { method: 'POST', body: 'figures' });

    expect(response.status).toBe(200);
    expect(bodies).toEqual(['Bearer old figures', 'Bearer new figures']);
  });
});
