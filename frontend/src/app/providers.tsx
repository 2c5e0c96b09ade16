/** What every page stands in: styles under the page's nonce, theme, locale, kept answers. */
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { nonce } from '@/config/nonce';
import { theme } from '@/theme/theme';

const styles = createCache({ key: 'cl', nonce, speedy: true });

interface ProvidersProps {
  queryClient: QueryClient;
  locale?: string;
  children: ReactNode;
}

export function Providers({ queryClient, locale = navigator.language, children }: ProvidersProps) {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" modeStorageKey="careledger-appearance">
        <CssBaseline enableColorScheme />
        <IntlProvider locale={locale} defaultLocale="en" onError={ignoreMissingTranslations}>
          <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
        </IntlProvider>
      </ThemeProvider>
    </CacheProvider>
  );
}

// The words are English everywhere; numbers and dates follow the reader's locale.
function ignoreMissingTranslations(error: Error & { code: string }): void {
  if (error.code !== 'MISSING_TRANSLATION' && error.code !== 'MISSING_DATA') console.error(error);
}
