/** The list of pages one may open. */
import { List, ListItem, ListItemButton, ListItemIcon, ListItemText } from '@mui/material';
import { createLink } from '@tanstack/react-router';
import { FormattedMessage } from 'react-intl';
import { destinations } from './navigation';
import { useAccount } from '@/lib/account';
import { role } from '@/theme/theme';

const LinkButton = createLink(ListItemButton);

export function NavigationList({ onChosen }: { onChosen?: () => void }) {
  const account = useAccount();
  return (
    <List sx={{ px: 1.5 }}>
      {destinations(account).map(({ to, name, icon: Icon }) => (
        <ListItem key={to} disablePadding sx={{ mb: 0.25 }}>
          <LinkButton
            to={to}
            activeOptions={{ exact: to === '/', includeSearch: false }}
            onClick={onChosen}
            sx={{
              borderRadius: 1.5,
              color: role('textQuiet'),
              '&[aria-current=page]': {
                bgcolor: role('accentTint'),
                color: role('accentText'),
                '@media (forced-colors: active)': { outline: '2px solid Highlight' },
              },
            }}
          >
            <ListItemIcon sx={{ color: 'inherit', minWidth: 34 }}>
              <Icon size={18} aria-hidden />
            </ListItemIcon>
            <ListItemText
              primary={<FormattedMessage {...name} />}
              slotProps={{ primary: { sx: { fontWeight: 550, fontSize: '0.9375rem' } } }}
            />
          </LinkButton>
        </ListItem>
      ))}
    </List>
  );
}
