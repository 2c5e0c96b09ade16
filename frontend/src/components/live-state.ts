/** Whether the page is told at once of what changes, or asks by itself now and then. */
import { createContext, use, useSyncExternalStore } from 'react';
import type { Live } from '@/lib/live';

const LiveContext = createContext<Pick<Live, 'isLive' | 'watch'>>({
  isLive: false,
  watch: () => () => undefined,
});
export const LiveProvider = LiveContext;

export function useIsLive(): boolean {
  const live = use(LiveContext);
  return useSyncExternalStore(live.watch, () => live.isLive);
}
