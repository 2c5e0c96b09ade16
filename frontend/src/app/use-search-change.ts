/** Changes parameters of the address of the page one is on; what is undefined leaves the address. */
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

export function useSearchChange<T extends object>(): (change: Partial<T>) => void {
  const navigate = useNavigate();
  return useCallback(
    (change) =>
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, ...change }),
        replace: true,
        resetScroll: false,
      } as Parameters<typeof navigate>[0]),
    [navigate],
  );
}
