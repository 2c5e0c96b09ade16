/** How answers are kept: shown at once when asked again, refreshed soon, retried if it may help. */
import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

const FRESH_MS = 15_000;
const RETRIES = 2;

/**
 * How often a report on screen is asked again while no change of it is announced: announcements can
 * fail, and only an answer says until when the figures are complete.
 */
export const LOOK_AGAIN_MS = 60_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        retry: (count, error) => count < RETRIES && error instanceof Problem && error.isPassing,
        retryDelay: (count) => 500 * 2 ** count,
        throwOnError: false,
      },
    },
  });
}
