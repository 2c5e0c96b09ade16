/** What every page stands in: styles under the page's nonce, theme, locale, kept answers. */
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider } from '@mui/material/styles';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { IntlProvider } from 'react-intl';
import { nonce } from '@/config/nonce';
import { dashboardTheme } from '@/theme/theme';

const styles = createCache({ key: 'cl', nonce, speedy: true });

interface ProvidersProps {
  queryClient: QueryClient;
  locale?: string;
  children: ReactNode;
}

export function Providers({ queryClient, locale = navigator.language, children }: ProvidersProps) {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider
        theme={dashboardTheme()}
        defaultMode="system"
        modeStorageKey="careledger-appearance"
      >
        <CssBaseline enableColorScheme />
        <IntlProvider
          locale={locale}
          defaultLocale={languageOfWords(locale)}
          onError={ignoreMissingTranslations}
        >
          <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
        </IntlProvider>
      </ThemeProvider>
    </CacheProvider>
  );
}

/** The words are English everywhere; said of the reader's own English, none count as missing. */
function languageOfWords(locale: string): string {
  return /^en\b/i.test(locale) ? locale : 'en';
}

// Numbers and dates follow the reader's locale, in which no words are to be had.
function ignoreMissingTranslations(error: Error & { code: string }): void {
  if (error.code !== 'MISSING_TRANSLATION' && error.code !== 'MISSING_DATA') console.error(error);
}
