import { describe, expect, it, vi } from 'vitest';
import { Session, type SessionSurroundings } from './session';

class Refusal extends Error {}

function tokenOf(subject: string) {
  return { access_token: `h.${btoa(JSON.stringify({ sub: subject }))}.s`, expires_in: 600 };
}

function around() {
  let mark = false;
  let clock = 0;
  const surroundings = {
    ways: { password: true, issuer: null },
    requestToken: vi.fn(() => Promise.resolve(tokenOf('ada'))),
    revoke: vi.fn(() => Promise.resolve()),
    exclusively: <T>(work: () => Promise<T>) => work(),
    announce: vi.fn(),
    marker: { get: () => mark, set: (isThere: boolean) => (mark = isThere) },
    startOver: vi.fn(),
    now: () => clock,
    isRefusal: (error: unknown) => error instanceof Refusal,
  } satisfies SessionSurroundings;
  return { surroundings, session: new Session(surroundings), pass: (ms: number) => (clock += ms) };
}

describe('a session', () => {
  it('asks for nothing on a first visit', async () => {
    const { session, surroundings } = around();

    await session.restore();

    expect(session.status).toBe('signed-out');
    expect(surroundings.requestToken).not.toHaveBeenCalled();
  });

  it('goes on after a reload by its cookie', async () => {
    const { session, surroundings } = around();
    surroundings.marker.set(true);

    await session.restore();

    expect(session.status).toBe('signed-in');
    expect(surroundings.requestToken).toHaveBeenCalledWith({ grant_type: 'refresh_token' });
  });

  it('asks for the refresh token as a cookie only', async () => {
    const { session, surroundings } = around();

    await session.signIn('ada', 'secret');

    expect(surroundings.requestToken).toHaveBeenCalledWith(
      expect.objectContaining({ grant_type: 'password', refresh_token_delivery: 'cookie' }),
    );
  });

  it('renews its token a little before it ends, once for all who ask', async () => {
    const { session, surroundings, pass } = around();
    await session.signIn('ada', 'secret');
    pass(590_000);

    await Promise.all([session.token(), session.token()]);

    expect(surroundings.requestToken).toHaveBeenCalledTimes(2);
  });

  it('lets requests wait while somebody signs in again, and then goes on', async () => {
    const { session, surroundings, pass } = around();
    await session.signIn('ada', 'secret');
    pass(700_000);
    surroundings.requestToken.mockRejectedValueOnce(new Refusal());

    const waiting = session.token();
    await vi.waitFor(() => expect(session.status).toBe('expired'));
    await session.signIn('ada', 'secret');

    await expect(waiting).resolves.toContain('h.');
    expect(session.status).toBe('signed-in');
  });

  it('keeps the sign-in when nobody answers', async () => {
    const { session, surroundings, pass } = around();
    await session.signIn('ada', 'secret');
    pass(700_000);
    surroundings.requestToken.mockRejectedValueOnce(new TypeError('network'));

    await expect(session.token()).rejects.toThrow('network');

    expect(session.status).toBe('signed-in');
  });

  it('starts over when somebody else signs in, so that nothing of the first is left', async () => {
    const { session, surroundings } = around();
    await session.signIn('ada', 'secret');
    surroundings.requestToken.mockResolvedValueOnce(tokenOf('bob'));

    await session.signIn('bob', 'secret');

    expect(surroundings.startOver).toHaveBeenCalledOnce();
  });

  it('starts over for somebody else though the token of the first was refused before', async () => {
    const { session, surroundings } = around();
    await session.signIn('ada', 'secret');
    session.reject(await session.token());
    surroundings.requestToken.mockResolvedValueOnce(tokenOf('bob'));

    await session.signIn('bob', 'secret');

    expect(surroundings.startOver).toHaveBeenCalledOnce();
  });

  it('takes up the sign-in of another tab', async () => {
    const { session, surroundings } = around();
    await session.restore();
    surroundings.marker.set(true);

    await session.hear('signed-in');

    expect(session.status).toBe('signed-in');
  });

  it('ends in every tab at once', async () => {
    const { session, surroundings } = around();
    await session.signIn('ada', 'secret');

    await session.signOut();

    expect(surroundings.revoke).toHaveBeenCalledOnce();
    expect(surroundings.announce).toHaveBeenLastCalledWith('signed-out');
    expect(surroundings.marker.get()).toBe(false);
  });
});
