/**
 * Asks again for what is on screen when it is told that it changed, and for nothing else.
 *
 * What changes often is asked for at a steady pace; of a tab nobody looks at, when it is looked at.
 */
import type { Query, QueryClient } from '@tanstack/react-query';
import { type Change, EVERYTHING, type News, type ReportName } from '@/lib/live';

/** At most so often is the same question asked because something changed. */
export const PACE_MS = 3_000;

/** The questions, by the first word of their keys, whose answers are made of a report's figures. */
const QUESTIONS: Record<ReportName, readonly string[]> = {
  revenue: ['revenue', 'indicators'],
  patients: ['payment-history'],
  outstanding: ['outstanding', 'indicators'],
};
const ALL = new Set(Object.values(QUESTIONS).flat());

/** What a question may say of the days and the clinic it is about. */
interface Scope {
  clinic_id?: string;
  start_date?: string;
  end_date?: string;
  as_of?: string;
  compare?: string;
}

/** Whether the answer to a question can be another one after a change. */
export function isTouched(key: readonly unknown[], news: News): boolean {
  const [name, ...rest] = key;
  // A page behind the first belongs to the state the first was answered in.
  if (typeof rest.at(-1) === 'string' && name === 'outstanding') return false;
  if (news === EVERYTHING) return ALL.has(String(name));
  if (!news.reports.some((report) => QUESTIONS[report].includes(String(name)))) return false;
  const scope: Scope = rest.find((part) => typeof part === 'object' && part !== null) ?? {};
  return isAbout(scope, news);
}

function isAbout(scope: Scope, { clinic_id, first_date, last_date }: Change): boolean {
  if (scope.clinic_id && scope.clinic_id !== clinic_id) return false;
  const last = scope.as_of ?? scope.end_date;
  if (last && first_date > last) return false;
  return !scope.start_date || Boolean(scope.compare) || last_date >= scope.start_date;
}

export class Refresh {
  readonly #queryClient: QueryClient;
  #news: News[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(queryClient: QueryClient) {
    this.#queryClient = queryClient;
  }

  /** Ask again for what changed: now, or when the pace allows it. */
  take(news: News): void {
    this.#news.push(news);
    if (this.#timer === undefined) this.#ask();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #ask(): void {
    const news = this.#news;
    const predicate = ({ queryKey }: Query) => news.some((one) => isTouched(queryKey, one));
    // An answer on its way may be from before the change: it is waited for, not cut off.
    if (this.#queryClient.isFetching({ predicate }) === 0) {
      this.#news = [];
      const refetchType = document.hidden ? 'none' : 'active';
      void this.#queryClient.invalidateQueries({ predicate, refetchType });
    }
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#news.length > 0) this.#ask();
    }, PACE_MS);
  }
}
