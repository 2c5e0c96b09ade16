/** The session as React sees it. */
import { useSyncExternalStore } from 'react';
import type { Session, SessionStatus } from '@/lib/session';

export function useSessionStatus(session: Session): SessionStatus {
  return useSyncExternalStore(session.subscribe, () => session.status);
}
