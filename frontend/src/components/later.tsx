/**
 * Draws what takes long after what stands above it is on screen, as a transition: in slices,
 * between which the reader is served.
 */
import { type ReactNode, startTransition, useEffect, useState } from 'react';

export function Later({ children }: { children: ReactNode }) {
  const [isTime, setTime] = useState(false);
  useEffect(() => startTransition(() => setTime(true)), []);
  return isTime ? children : <div data-later />;
}
