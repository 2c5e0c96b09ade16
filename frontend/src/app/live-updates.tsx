/** Keeps what is on screen up to date for as long as somebody is signed in. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect } from 'react';
import { Refresh } from './refresh';
import { LiveProvider } from '@/components/live-state';
import type { Live } from '@/lib/live';

export function LiveUpdates({ live, children }: { live: Live; children: ReactNode }) {
  const queryClient = useQueryClient();
  useEffect(() => {
    const refresh = new Refresh(queryClient);
    const ends = [live.listen((news) => refresh.take(news)), live.start(), () => refresh.stop()];
    return () => ends.forEach((end) => end());
  }, [live, queryClient]);
  return <LiveProvider value={live}>{children}</LiveProvider>;
}
