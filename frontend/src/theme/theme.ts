/** The look of every MUI component, in light and dark, made from the color roles alone. */
import { createTheme, type Theme, type ThemeOptions } from '@mui/material/styles';
import { baseStyles } from './base-styles';
import { brand, type ColorRoles, dark, light } from './tokens';

declare module '@mui/material/styles' {
  interface CssThemeVariables {
    enabled: true;
  }
  interface Palette {
    roles: ColorRoles;
  }
  interface PaletteOptions {
    roles: ColorRoles;
  }
}

function palette(roles: ColorRoles) {
  return {
    primary: { main: roles.accentText, contrastText: roles.surface },
    secondary: { main: roles.positiveText, contrastText: roles.surface },
    success: { main: roles.positiveText },
    warning: { main: roles.cautionText },
    error: { main: roles.dangerText },
    info: { main: roles.accentText },
    text: { primary: roles.text, secondary: roles.textQuiet },
    background: { default: roles.page, paper: roles.surface },
    divider: roles.hairline,
    roles,
  };
}

const typography: ThemeOptions['typography'] = {
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  h1: { fontSize: '1.5rem', fontWeight: 650, letterSpacing: '-0.015em', lineHeight: 1.25 },
  h2: { fontSize: '1.0625rem', fontWeight: 620, letterSpacing: '-0.005em', lineHeight: 1.35 },
  h3: { fontSize: '0.9375rem', fontWeight: 600, lineHeight: 1.4 },
  body1: { fontSize: '0.9375rem', lineHeight: 1.55 },
  body2: { fontSize: '0.875rem', lineHeight: 1.5 },
  caption: { fontSize: '0.8125rem', lineHeight: 1.45 },
  button: { textTransform: 'none', fontWeight: 600 },
};

const options = {
  cssVariables: { colorSchemeSelector: 'data' },
  colorSchemes: { light: { palette: palette(light) }, dark: { palette: palette(dark) } },
  shape: { borderRadius: 8 },
  typography,
  // A ring around what the keys are at, inside where a neighbor would cut it off; see base-styles.
  focusVisible: { outlineColor: 'var(--mui-palette-roles-accentText)' },
  components: {
    MuiCssBaseline: { styleOverrides: baseStyles },
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: {
      defaultProps: { disableElevation: true },
      styleOverrides: {
        root: {
          minHeight: 36,
          variants: [
            {
              props: { variant: 'contained', color: 'primary' },
              style: {
                backgroundColor: brand.blue,
                color: brand.ink,
                '&:hover': { backgroundColor: brand.blueHover },
                '@media (forced-colors: active)': { border: '1px solid ButtonText' },
              },
            },
            {
              props: { variant: 'outlined' },
              style: { borderColor: 'var(--mui-palette-roles-outline)' },
            },
          ],
        },
      },
    },
    MuiPaper: {
      defaultProps: { elevation: 0 },
      styleOverrides: { root: { backgroundImage: 'none' } },
    },
    MuiOutlinedInput: {
      styleOverrides: { notchedOutline: { borderColor: 'var(--mui-palette-roles-outline)' } },
    },
    MuiTextField: { defaultProps: { size: 'small' } },
    MuiSelect: { defaultProps: { size: 'small' } },
    MuiToggleButton: {
      styleOverrides: {
        root: {
          padding: '5px 12px',
          borderColor: 'var(--mui-palette-roles-outline)',
          color: 'var(--mui-palette-roles-textQuiet)',
          '&.Mui-selected': {
            color: 'var(--mui-palette-roles-accentText)',
            backgroundColor: 'var(--mui-palette-roles-accentTint)',
            '@media (forced-colors: active)': { outline: '2px solid Highlight' },
          },
        },
      },
    },
    MuiTooltip: {
      defaultProps: { arrow: true, describeChild: true },
      styleOverrides: { tooltip: { fontSize: '0.8125rem', padding: '8px 12px', maxWidth: 320 } },
    },
    MuiTableCell: {
      styleOverrides: {
        root: {
          borderColor: 'var(--mui-palette-roles-hairline)',
          padding: '9px 8px',
          '@media (min-width: 600px)': { padding: '9px 14px' },
          overflowWrap: 'normal',
        },
        head: {
          color: 'var(--mui-palette-roles-textQuiet)',
          fontWeight: 600,
          fontSize: '0.8125rem',
        },
      },
    },
    MuiLink: { styleOverrides: { root: { textAlign: 'start' } } },
    MuiChip: { styleOverrides: { root: { fontWeight: 550 } } },
    MuiAlert: { styleOverrides: { root: { alignItems: 'center' } } },
  },
} satisfies Parameters<typeof createTheme>[0];

let made: Theme | undefined;

/** The theme, made when it is first asked for. */
export function dashboardTheme(): Theme {
  made ??= createTheme(options);
  return made;
}

/** The CSS variable of a color role, for what is drawn outside MUI's components. */
export function role(name: Exclude<keyof ColorRoles, 'series' | 'aging'>): string {
  return `var(--mui-palette-roles-${name})`;
}

/** The CSS variable of the color of a chart's series; colors repeat after the last. */
export function seriesColor(index: number): string {
  return `var(--mui-palette-roles-series-${index % light.series.length})`;
}

/** The CSS variable of the color of an aging bucket, by its place. */
export function agingColor(index: number): string {
  return `var(--mui-palette-roles-aging-${index})`;
}
