/** What the frame of every page can do beyond moving between pages. */
import { createContext } from 'react';

export interface Actions {
  signOut: () => void;
}

export const ShellActions = createContext<Actions>({ signOut: () => undefined });
