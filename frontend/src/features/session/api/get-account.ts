/** Asks who is signed in. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { type Account, getAccount as ask } from '@/lib/api';

export async function getAccount(signal?: AbortSignal): Promise<Account> {
  return (await ask({ signal, throwOnError: true })).data;
}

export function accountQuery() {
  return queryOptions({
    queryKey: ['account'],
    queryFn: ({ signal }) => getAccount(signal),
    staleTime: 5 * 60_000,
  });
}

export function useAccountQuery() {
  return useQuery(accountQuery());
}
