/** Colors by the role they play; a test computes the contrast of every pair in use. */

export const brand = {
  blue: '#4A90E2',
  /** A contained button under the pointer. */
  blueHover: '#6BA5E8',
  teal: '#00BFA5',
  ink: '#0B1625',
} as const;

export interface ColorRoles {
  page: string;
  surface: string;
  sunken: string;
  text: string;
  textQuiet: string;
  /** Links, selected tabs, focus rings: the blue that can be read as text. */
  accentText: string;
  /** The teal that can be read as text. */
  positiveText: string;
  cautionText: string;
  dangerText: string;
  positiveTint: string;
  cautionTint: string;
  dangerTint: string;
  accentTint: string;
  hairline: string;
  /** Borders of things one can press or fill in. */
  outline: string;
  chartGrid: string;
  /** Series of charts, in order; each stands out from the surface by 3 : 1. */
  series: readonly string[];
  /** Outline of the second brand fill, which is too light on white by itself. */
  tealLine: string;
  /** Aging buckets, from not due to long overdue. */
  aging: readonly [string, string, string, string, string];
}

export const light: ColorRoles = {
  page: '#F5F7FA',
  surface: '#FFFFFF',
  sunken: '#EDF1F6',
  text: '#17212F',
  textQuiet: '#4C5A6E',
  accentText: '#1B5FAE',
  positiveText: '#00695C',
  cautionText: '#7A4B00',
  dangerText: '#A5281D',
  positiveTint: '#E0F4F1',
  cautionTint: '#FDF1DC',
  dangerTint: '#FBE9E7',
  accentTint: '#E6F0FB',
  hairline: '#DDE3EB',
  outline: '#7A8799',
  chartGrid: '#E3E8EF',
  series: ['#4A90E2', '#00897B', '#8B5CC8', '#B86A00', '#B8447C', '#5C6F86', '#6B8E23', '#A34E3A'],
  tealLine: '#00897B',
  aging: ['#00897B', '#4A90E2', '#B07A00', '#C2560C', '#B3261E'],
};

export const dark: ColorRoles = {
  page: '#0F1621',
  surface: '#17212F',
  sunken: '#0B111A',
  text: '#E9EEF5',
  textQuiet: '#A9B6C8',
  accentText: '#8CBDF5',
  positiveText: '#5FD8C6',
  cautionText: '#F2C073',
  dangerText: '#FFA99E',
  positiveTint: '#0F3632',
  cautionTint: '#3C2E12',
  dangerTint: '#46211E',
  accentTint: '#1B3350',
  hairline: '#2A3748',
  outline: '#7D8CA1',
  chartGrid: '#26323F',
  series: ['#4A90E2', '#00BFA5', '#B48CE8', '#E0A040', '#E58AB5', '#93A5BA', '#A9C865', '#E08F7B'],
  tealLine: '#00BFA5',
  aging: ['#00BFA5', '#4A90E2', '#E0B040', '#F08A4B', '#F2726A'],
};

type Role = Exclude<keyof ColorRoles, 'series' | 'aging'>;

/** What is read or seen on what, and the least contrast WCAG 2.1 AA asks of it. */
export const pairs: readonly (readonly [Role, Role, number])[] = [
  ['text', 'page', 4.5],
  ['text', 'surface', 4.5],
  ['text', 'sunken', 4.5],
  ['text', 'accentTint', 4.5],
  ['textQuiet', 'page', 4.5],
  ['textQuiet', 'surface', 4.5],
  ['textQuiet', 'sunken', 4.5],
  ['accentText', 'page', 4.5],
  ['accentText', 'surface', 4.5],
  ['accentText', 'accentTint', 4.5],
  ['accentText', 'sunken', 4.5],
  ['positiveText', 'surface', 4.5],
  ['positiveText', 'positiveTint', 4.5],
  ['cautionText', 'page', 4.5],
  ['cautionText', 'surface', 4.5],
  ['cautionText', 'cautionTint', 4.5],
  ['dangerText', 'surface', 4.5],
  ['dangerText', 'dangerTint', 4.5],
  ['outline', 'page', 3],
  ['outline', 'surface', 3],
  ['tealLine', 'surface', 3],
];
