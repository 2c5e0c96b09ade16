/** Who is signed in, how the page looks, and the way out. */
import { Box, Button, Divider, Menu, MenuItem, Typography } from '@mui/material';
import { useColorScheme } from '@mui/material/styles';
import { Check, CircleUser } from 'lucide-react';
import { use, useState } from 'react';
import { defineMessages, FormattedMessage } from 'react-intl';
import { ShellActions } from './shell-actions';
import { useAccount } from '@/lib/account';

const appearances = defineMessages({
  system: { id: 'appearance.system', defaultMessage: 'Appearance of the system' },
  light: { id: 'appearance.light', defaultMessage: 'Light appearance' },
  dark: { id: 'appearance.dark', defaultMessage: 'Dark appearance' },
});

const roles = defineMessages({
  admin: { id: 'role.admin', defaultMessage: 'Administrator' },
  finance: { id: 'role.finance', defaultMessage: 'Finance' },
  staff: { id: 'role.staff', defaultMessage: 'Front desk' },
  collections: { id: 'role.collections', defaultMessage: 'Collections' },
  auditor: { id: 'role.auditor', defaultMessage: 'Auditor' },
});

export function AccountMenu() {
  const account = useAccount();
  const { signOut } = use(ShellActions);
  const { mode = 'system', setMode } = useColorScheme();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const role = Object.entries(roles).find(([name]) => name === account.role)?.[1];
  return (
    <>
      <Button
        fullWidth
        color="inherit"
        aria-haspopup="menu"
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ justifyContent: 'flex-start', textAlign: 'start', gap: 1.25, py: 1 }}
      >
        <CircleUser size={22} aria-hidden style={{ flexShrink: 0 }} />
        <Box component="span" sx={{ minWidth: 0 }}>
          <Typography
            component="span"
            noWrap
            sx={{ display: 'block', fontWeight: 600, lineHeight: 1.3 }}
          >
            <bdi>{account.name}</bdi>
          </Typography>
          <Typography
            component="span"
            variant="caption"
            color="textSecondary"
            sx={{ display: 'block' }}
          >
            {role ? <FormattedMessage {...role} /> : account.role}
          </Typography>
        </Box>
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)} disablePortal>
        {(['system', 'light', 'dark'] as const).map((one) => (
          <MenuItem
            key={one}
            role="menuitemradio"
            aria-checked={mode === one}
            onClick={() => setMode(one)}
          >
            <Box component="span" sx={{ width: 28 }}>
              {mode === one && <Check size={16} aria-hidden />}
            </Box>
            <FormattedMessage {...appearances[one]} />
          </MenuItem>
        ))}
        <Divider component="li" role="separator" />
        <MenuItem onClick={signOut}>
          <Box component="span" sx={{ width: 28 }} />
          <FormattedMessage id="sign-out" defaultMessage="Sign out" />
        </MenuItem>
      </Menu>
    </>
  );
}
