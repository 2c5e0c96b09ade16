/** The product's name as it stands at the top of every page. */
import { Box } from '@mui/material';
import icon from './icon.svg';

export function Wordmark() {
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1.25,
        fontWeight: 680,
        fontSize: '1.0625rem',
      }}
    >
      <img src={icon} alt="" width={28} height={28} />
      Careledger
    </Box>
  );
}
