/** Axes laid out by the length of their words: nothing drawn has to be measured and drawn again. */
const CHARACTER_PX = 7;
const GAP_PX = 26;
const AXIS_GAP_PX = 14;

/** The width of an axis whose ticks lie between these values; ticks may have a character more. */
export function axisWidth(values: readonly number[], write: (value: number) => string): number {
  const ends = [Math.min(0, ...values), Math.max(0, ...values)];
  const longest = Math.max(...ends.map((value) => write(value).length));
  return AXIS_GAP_PX + (longest + 1) * CHARACTER_PX;
}

/** How many labels are left out between two that are written, in so much room. */
export function labelsSkipped(labels: readonly string[], room: number): number {
  const longest = Math.max(1, ...labels.map((label) => label.length));
  const fitting = Math.max(1, Math.floor(room / (longest * CHARACTER_PX + GAP_PX)));
  return Math.max(0, Math.ceil(labels.length / fitting) - 1);
}

/** The places of lines nobody wants to see. */
export const noLines = (): number[] => [];
