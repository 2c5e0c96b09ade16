/** The ways to sign in that the server wrote into the page; by password alone if it wrote none. */
import type { Providers } from '@/lib/api';

const PASSWORD_ALONE: Providers = { password: true, oidc: null };

export function signInWays(): Providers {
  const written = document.querySelector<HTMLMetaElement>('meta[name="sign-in"]')?.content;
  // The development server leaves the placeholder in its place.
  return written?.startsWith('{') ? (JSON.parse(written) as Providers) : PASSWORD_ALONE;
}
