/** Finds patients: by id in the address of the request, by name only ever in its body. */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { looksLikeId } from '../search';
import { findPatient, type PatientsReport, searchPatients } from '@/lib/api';

export interface Sought {
  typed: string;
  /** Take it for an id even without a digit in it. */
  asId?: boolean;
}

export async function findPatients(sought: Sought, signal?: AbortSignal): Promise<PatientsReport> {
  if (sought.asId || looksLikeId(sought.typed)) {
    const query = { patient_id: sought.typed };
    return (await findPatient({ query, signal, throwOnError: true })).data;
  }
  const body = { name: sought.typed };
  return (await searchPatients({ body, signal, throwOnError: true })).data;
}

export function patientsQuery(sought: Sought) {
  return queryOptions({
    queryKey: ['patients', sought],
    queryFn: ({ signal }) => findPatients(sought, signal),
    // A name typed is forgotten as soon as nobody looks at what it found.
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
}

export function usePatients(sought: Sought | null) {
  return useQuery({
    ...patientsQuery(sought ?? { typed: '' }),
    enabled: sought !== null,
  });
}
