/** Where Tab leads on a page, and whether one sees it. */
import type { Page } from '@playwright/test';

export interface Stop {
  name: string;
  /** Whether it looks otherwise than without the focus. */
  isSeen: boolean;
  /** Whether something around it cuts its ring off. */
  isCut: boolean;
}

interface Visited {
  one: Element;
  look: string;
  isCut: boolean;
}

const PRESSES_MAX = 120;

/** Press a key until the focus is where it was before, and tell of every stop on the way. */
export async function walk(page: Page, key: 'Tab' | 'ArrowDown' = 'Tab'): Promise<Stop[]> {
  await page.evaluate(begin);
  for (let step = 0; step < PRESSES_MAX; step += 1) {
    await page.keyboard.press(key);
    if (!(await page.evaluate(visit))) break;
  }
  return page.evaluate(tell);
}

declare global {
  interface Window {
    focusWalk: { lookOf: (one: Element) => string; stops: Visited[] };
  }
}

function begin() {
  window.focusWalk = {
    stops: [],
    // A field is seen by the frame around it, anything else by its own outline.
    lookOf: (one) => {
      const frame = one.closest('.MuiInputBase-root')?.querySelector('fieldset');
      const { outline, outlineStyle, border } = getComputedStyle(frame ?? one);
      if (frame) return border;
      return outlineStyle === 'none' ? 'nothing' : outline;
    },
  };
}

/** Remember what has the focus now; false if it is back where it was before. */
async function visit(): Promise<boolean> {
  const { stops, lookOf } = window.focusWalk;
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  const one = document.activeElement;
  // A day is typed in three parts, and the ends of a dialog hold the focus in it.
  if (one === stops.at(-1)?.one || one?.hasAttribute('data-testid')) return true;
  if (!one || one === document.body || stops.some((stop) => stop.one === one)) return false;
  const { outlineStyle, outlineWidth, outlineOffset } = getComputedStyle(one);
  const reach =
    outlineStyle === 'none'
      ? 0
      : Math.max(0, Number.parseFloat(outlineWidth) + Number.parseFloat(outlineOffset));
  const ring = one.getBoundingClientRect();
  let isCut = false;
  for (let around = one.parentElement; around; around = around.parentElement) {
    if (getComputedStyle(around).overflow === 'visible') continue;
    const room = around.getBoundingClientRect();
    const isInside = ring.top >= room.top && ring.bottom <= room.bottom;
    isCut ||= isInside && ring.left >= room.left && ring.left - reach < room.left - 0.5;
    isCut ||= isInside && ring.top - reach < room.top - 0.5;
    isCut ||= isInside && ring.bottom + reach > room.bottom + 0.5;
  }
  stops.push({ one, look: lookOf(one), isCut });
  return true;
}

async function tell(): Promise<Stop[]> {
  const { stops, lookOf } = window.focusWalk;
  (document.activeElement as HTMLElement | null)?.blur();
  await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  return stops
    .filter(({ one }) => one.isConnected)
    .map(({ one, look, isCut }) => ({
      name: `${one.tagName.toLowerCase()} “${(one.getAttribute('aria-label') ?? one.textContent).slice(0, 60)}”`,
      isSeen: look !== lookOf(one),
      isCut,
    }));
}
