/**
 * What changes at the server, told to every tab of a browser over one connection.
 *
 * One tab leads: it alone is connected, and passes on what it hears. When it is closed, another one
 * takes over where it stopped. A connection that is silent for too long counts as gone.
 */

export type ReportName = 'revenue' | 'patients' | 'outstanding';

/** These reports of a clinic changed for these business dates. */
export interface Change {
  clinic_id: string;
  reports: readonly ReportName[];
  first_date: string;
  last_date: string;
}

/** An event of the stream; a comment that only keeps it open has neither name nor data. */
export interface StreamEvent {
  event?: string;
  data?: unknown;
  id?: string;
}

/** What is missed cannot be known any more: everything shown may have changed. */
export const EVERYTHING = 'everything';
export type News = Change | typeof EVERYTHING;

/** What a follower needs of its surroundings; tests bring their own. */
export interface LiveSurroundings {
  /** Follow the stream behind an event until it ends; fails if it could not be followed. */
  connect: (
    lastId: string | undefined,
    hear: (event: StreamEvent) => void,
    signal: AbortSignal,
  ) => Promise<void>;
  /** Runs the work while no other tab runs it; until then it waits. */
  lead: (work: () => Promise<void>, signal: AbortSignal) => Promise<void>;
  /** Pass an event on to the other tabs. */
  tell: (event: StreamEvent) => void;
  random: () => number;
}

/** The server speaks every 15 seconds, if only to say that it is there. */
export const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

export class Live {
  readonly #surroundings: LiveSurroundings;
  readonly #watchers = new Set<() => void>();
  readonly #listeners = new Set<(news: News) => void>();
  #isLive = false;
  #lastId: string | undefined;
  #silence: ReturnType<typeof setTimeout> | undefined;
  #connection: AbortController | undefined;

  constructor(surroundings: LiveSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Whether what changes is told at the moment. */
  get isLive(): boolean {
    return this.#isLive;
  }

  /** Be told when `isLive` changes. */
  watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  /** Be told what changes. */
  listen(listener: (news: News) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Take part until the returned function is called. */
  start(): () => void {
    const ending = new AbortController();
    const { signal } = ending;
    void this.#surroundings
      .lead(() => this.#follow(signal), signal)
      .catch(() => undefined /* Stopped while another tab led. */);
    return () => {
      ending.abort();
      this.#connection?.abort();
      clearTimeout(this.#silence);
      this.#become(false);
    };
  }

  /** Take in an event, of one's own connection or of the leading tab's. */
  hear(event: StreamEvent): void {
    this.#lastId = event.id ?? this.#lastId;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => {
      this.#become(false);
      this.#connection?.abort();
    }, SILENCE_MS);
    this.#become(true);
    const news = newsOf(event);
    if (news) for (const listener of this.#listeners) listener(news);
  }

  async #follow(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const connection = new AbortController();
      this.#connection = connection;
      try {
        await this.#surroundings.connect(
          this.#lastId,
          (event) => {
            failures = 0;
            this.hear(event);
            this.#surroundings.tell(event);
          },
          connection.signal,
        );
      } catch {
        failures += 1;
      }
      await pause(this.#waitAfter(failures), signal);
    }
  }

  /** Longer after every failure, and never the same for all browsers of a clinic. */
  #waitAfter(failures: number): number {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
    return longest * (0.5 + this.#surroundings.random() / 2);
  }

  #become(isLive: boolean): void {
    if (isLive === this.#isLive) return;
    this.#isLive = isLive;
    for (const watcher of this.#watchers) watcher();
  }
}

function newsOf({ event, data }: StreamEvent): News | undefined {
  if (event === 'report-update') return data as Change;
  return event === 'reset' ? EVERYTHING : undefined;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
