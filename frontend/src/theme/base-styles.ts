/** What holds for every element: letters, the ring of the focus, less motion, and paper. */
import type { Theme } from '@mui/material/styles';

const RING = '2px solid var(--mui-palette-roles-accentText)';

const focus = {
  ':focus-visible': { outline: RING, outlineOffset: 2 },
  // Charts and scrolling tables end where their neighbors begin.
  '.recharts-surface:focus-visible, .MuiTableContainer-root:focus-visible': {
    outline: RING,
    outlineOffset: -2,
  },
  '@media (forced-colors: active)': {
    // Thicker than the line that marks what is chosen, from which it is to be told apart.
    ':focus-visible, .Mui-focusVisible': { outline: '4px solid Highlight !important' },
    '.recharts-surface:focus-visible, .MuiTableContainer-root:focus-visible': {
      outlineOffset: '-4px',
    },
  },
};

const lessMotion = {
  '@media (prefers-reduced-motion: reduce)': {
    '*, *::before, *::after': {
      animationDuration: '0.01ms !important',
      animationIterationCount: '1 !important',
      transitionDuration: '0.01ms !important',
      scrollBehavior: 'auto !important',
    },
  },
};

/** Paper is white: who reads in dark colors prints in light ones. */
function onPaper(theme: Theme) {
  const sheets = theme.generateStyleSheets().flatMap((sheet) => Object.entries<object>(sheet));
  const light = sheets.find(([selector]) => selector.includes('[data-light]'))?.[1];
  return {
    '@media print': {
      ':root[data-dark]': light,
      body: { background: '#fff' },
      'nav, header, .no-print': { display: 'none !important' },
    },
  };
}

export function baseStyles(theme: Theme) {
  return {
    html: { fontFeatureSettings: "'cv05', 'cv11'", WebkitFontSmoothing: 'antialiased' },
    body: { overflowWrap: 'anywhere' },
    ...focus,
    ...lessMotion,
    ...onPaper(theme),
  } as const;
}
