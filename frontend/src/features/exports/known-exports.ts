/** The exports asked for in this browser, newest first, each user's own; ids only. */
import { useSyncExternalStore } from 'react';

const LIMIT = 50;
const listeners = new Set<() => void>();

const key = (owner: string) => `careledger-exports:${owner}`;

function read(owner: string): string {
  return localStorage.getItem(key(owner)) ?? '';
}

function write(owner: string, ids: string[]): void {
  localStorage.setItem(key(owner), ids.slice(0, LIMIT).join(' '));
  for (const listener of listeners) listener();
}

const listed = (ids: string): string[] => ids.split(' ').filter(Boolean);

export function remember(owner: string, exportId: string): void {
  write(owner, [exportId, ...listed(read(owner)).filter((id) => id !== exportId)]);
}

export function forget(owner: string, exportId: string): void {
  write(
    owner,
    listed(read(owner)).filter((id) => id !== exportId),
  );
}

export function useKnownExports(owner: string): string[] {
  const ids = useSyncExternalStore(subscribe, () => read(owner));
  return listed(ids);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}
