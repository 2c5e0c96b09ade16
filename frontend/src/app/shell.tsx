/** The frame of every page: skip link, navigation, account, and the page itself. */
import { AppBar, Box, Drawer, IconButton, Toolbar } from '@mui/material';
import { Outlet, useRouter } from '@tanstack/react-router';
import { Menu } from 'lucide-react';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import { AccountMenu } from './account-menu';
import { Explanation } from './explanation';
import { NavigationList } from './navigation-list';
import { Later } from '@/components/later';
import { Wordmark } from '@/components/wordmark';
import { role } from '@/theme/theme';

const WIDTH = 232;

export function Shell() {
  const intl = useIntl();
  const [isOpen, setOpen] = useState(false);
  useFocusAfterNavigation();
  const label = intl.formatMessage({ id: 'navigation', defaultMessage: 'Pages' });
  return (
    <Box sx={{ display: 'flex', minHeight: '100dvh' }}>
      <SkipLink />
      <Box
        component="nav"
        aria-label={label}
        sx={{
          display: { xs: 'none', md: 'flex' },
          flexDirection: 'column',
          width: WIDTH,
          flexShrink: 0,
          position: 'sticky',
          top: 0,
          height: '100dvh',
          borderInlineEnd: `1px solid ${role('hairline')}`,
          bgcolor: 'background.paper',
        }}
      >
        <Box sx={{ px: 2.5, py: 2.5 }}>
          <Wordmark />
        </Box>
        <NavigationList />
        <Box sx={{ mt: 'auto', p: 1.5 }}>
          <AccountMenu />
        </Box>
      </Box>
      <Box sx={{ flexGrow: 1, minWidth: 0 }}>
        <AppBar
          position="sticky"
          elevation={0}
          color="inherit"
          sx={{
            display: { md: 'none' },
            borderBottom: `1px solid ${role('hairline')}`,
            bgcolor: 'background.paper',
          }}
        >
          <Toolbar sx={{ gap: 1 }}>
            <IconButton
              edge="start"
              color="inherit"
              aria-label={intl.formatMessage({
                id: 'navigation.open',
                defaultMessage: 'Open navigation',
              })}
              aria-expanded={isOpen}
              onClick={() => setOpen(true)}
            >
              <Menu size={22} aria-hidden />
            </IconButton>
            <Wordmark />
          </Toolbar>
        </AppBar>
        <Drawer
          open={isOpen}
          onClose={() => setOpen(false)}
          slotProps={{
            paper: { 'aria-label': label, sx: { width: WIDTH + 24 } },
          }}
        >
          <Box sx={{ px: 2.5, py: 2.5 }}>
            <Wordmark />
          </Box>
          <Box component="nav" aria-label={label}>
            <NavigationList onChosen={() => setOpen(false)} />
          </Box>
          <Box sx={{ mt: 'auto', p: 1.5 }}>
            <AccountMenu />
          </Box>
        </Drawer>
        <Box
          component="main"
          id="main"
          tabIndex={-1}
          sx={{
            px: { xs: 2, sm: 3, lg: 4 },
            py: { xs: 2.5, md: 3.5 },
            maxWidth: 1360,
            mx: 'auto',
            outline: 'none',
          }}
        >
          <Explanation>
            <Later>
              <Outlet />
            </Later>
          </Explanation>
        </Box>
      </Box>
    </Box>
  );
}

function SkipLink() {
  return (
    <Box
      component="a"
      href="#main"
      sx={{
        position: 'fixed',
        insetInlineStart: 12,
        top: -60,
        zIndex: 2000,
        px: 2,
        py: 1,
        borderRadius: 1,
        bgcolor: 'background.paper',
        color: role('accentText'),
        fontWeight: 600,
        '&:focus': { top: 12 },
      }}
    >
      <FormattedMessage id="skip" defaultMessage="Skip to the page" />
    </Box>
  );
}

/** Take the reader to the heading of the new page, as loading a page would. */
function useFocusAfterNavigation() {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        if (!fromLocation || !pathChanged) return;
        const heading = document.getElementById('page-title') ?? document.getElementById('main');
        heading?.focus({ preventScroll: true });
      }),
    [router],
  );
}
