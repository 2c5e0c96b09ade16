/**
 * The sign-in of this tab: an access token in memory, renewed by a cookie no script can read.
 *
 * A request that needs a token waits while somebody signs in again; it is never lost.
 */

export type SessionStatus = 'restoring' | 'signed-out' | 'signed-in' | 'expired';

interface Token {
  value: string;
  endsAt: number;
}

/** How one can sign in here. */
export interface SignInWays {
  password: boolean;
  /** Leads the browser to the issuer, which sends it back. */
  issuer: { name: string; begin: () => Promise<void> } | null;
}

/** What a session needs of its surroundings; tests bring their own. */
export interface SessionSurroundings {
  ways: SignInWays;
  requestToken: (
    form: Record<string, string>,
  ) => Promise<{ access_token: string; expires_in: number }>;
  revoke: () => Promise<void>;
  /** Runs one renewal at a time over all tabs. */
  exclusively: <T>(work: () => Promise<T>) => Promise<T>;
  announce: (news: SessionNews) => void;
  /** Remembers that there may be a cookie, so that a first visit asks for nothing. */
  marker: { get: () => boolean; set: (isThere: boolean) => void };
  startOver: () => void;
  now: () => number;
  isRefusal: (error: unknown) => boolean;
}

export type SessionNews = 'signed-in' | 'signed-out';

const EARLY_MS = 20_000;

export class Session {
  readonly #surroundings: SessionSurroundings;
  readonly #listeners = new Set<() => void>();
  #status: SessionStatus = 'restoring';
  #refusal: unknown;
  #token: Token | undefined;
  /** Whose screen this is: outlives a token that was refused. */
  #subject: string | undefined;
  #renewal: Promise<Token> | undefined;
  #waiting: (() => void)[] = [];

  constructor(surroundings: SessionSurroundings) {
    this.#surroundings = surroundings;
  }

  get status(): SessionStatus {
    return this.#status;
  }

  get ways(): SignInWays {
    return this.#surroundings.ways;
  }

  /** Why an earlier sign-in was not taken up, if somebody refused it. */
  get refusal(): unknown {
    return this.#refusal;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Take up the sign-in of an earlier visit or another tab, if there is one. */
  async restore(): Promise<void> {
    if (!this.#surroundings.marker.get()) {
      this.#become('signed-out');
      return;
    }
    try {
      await this.#renew();
    } catch (error) {
      if (!this.#surroundings.isRefusal(error)) this.#become('signed-out');
    }
  }

  async signIn(username: string, password: string): Promise<void> {
    const form = { grant_type: 'password', username, password, refresh_token_delivery: 'cookie' };
    this.#keep(await this.#surroundings.requestToken(form));
    this.#surroundings.announce('signed-in');
  }

  async signOut(): Promise<void> {
    this.#token = undefined;
    this.#surroundings.marker.set(false);
    try {
      await this.#surroundings.revoke();
    } finally {
      this.#surroundings.announce('signed-out');
      this.#surroundings.startOver();
    }
  }

  /** Another tab signed in or out. */
  async hear(news: SessionNews): Promise<void> {
    if (news === 'signed-out') {
      if (this.#status !== 'signed-out') this.#surroundings.startOver();
    } else if (this.#status !== 'signed-in') {
      await this.restore();
    }
  }

  /** Return a token that holds; waits for a new sign-in if the old one has ended. */
  async token(): Promise<string> {
    for (;;) {
      if (this.#token && this.#token.endsAt - EARLY_MS > this.#surroundings.now()) {
        return this.#token.value;
      }
      try {
        return (await this.#renew()).value;
      } catch (error) {
        if (!this.#surroundings.isRefusal(error)) throw error;
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    }
  }

  /** The API refused this token although it should hold: its session was ended. */
  reject(value: string): void {
    if (this.#token?.value === value) this.#token = undefined;
  }

  #renew(): Promise<Token> {
    this.#renewal ??= this.#surroundings
      .exclusively(() => this.#surroundings.requestToken({ grant_type: 'refresh_token' }))
      .then((answer) => this.#keep(answer))
      .catch((error: unknown) => {
        if (this.#surroundings.isRefusal(error)) {
          this.#refusal = error;
          this.#surroundings.marker.set(false);
          this.#become(this.#status === 'restoring' ? 'signed-out' : 'expired');
        }
        throw error;
      })
      .finally(() => {
        this.#renewal = undefined;
      });
    return this.#renewal;
  }

  #keep(answer: { access_token: string; expires_in: number }): Token {
    const subject = subjectOf(answer.access_token);
    const isSomebodyElse = this.#subject !== undefined && this.#subject !== subject;
    this.#subject = subject;
    const { now, marker, startOver } = this.#surroundings;
    this.#token = { value: answer.access_token, endsAt: now() + answer.expires_in * 1000 };
    marker.set(true);
    // Nothing of one person's screen may be left for the next.
    if (isSomebodyElse) startOver();
    this.#become('signed-in');
    for (const go of this.#waiting.splice(0)) go();
    return this.#token;
  }

  #become(status: SessionStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }
}

function subjectOf(token: string): string {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  const claims: unknown = JSON.parse(atob(payload));
  return String((claims as { sub?: unknown }).sub);
}
