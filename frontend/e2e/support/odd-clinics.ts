/** Clinics with names that are hard to lay out, and one patient of many payments there. */
import { send, type SentEvent } from './ingest.ts';
import type { Endpoints, Role } from './stack.ts';

export const LONG_NAME =
  'Saint Bartholomew Riverside Community Health Partnership and Outpatient Rehabilitation Center of the Upper Hudson Valley';
export const RIGHT_TO_LEFT_NAME = 'عيادة النور للطب العام (فرع ٢)';
export const MANY_PAYMENTS = 5_000;
export const BUSY_PATIENT = 'E2E-5000';
/** A clinic of which nothing was ever told. */
export const SILENT_CLINIC = 'e2e-silent';

const CLINICS = { 'e2e-long': LONG_NAME, 'e2e-rtl': RIGHT_TO_LEFT_NAME, [SILENT_CLINIC]: 'Silent' };
const PATIENCE_MS = 120_000;

function events(): SentEvent[] {
  const time = new Date(Date.now() - 120_000).toISOString();
  const paid = { currency: 'USD', payer_type: 'patient', method: 'card', received_at: time };
  const payment = (id: string, data: object): SentEvent => ({
    id,
    type: 'payment.succeeded',
    time,
    data: { ...paid, ...data },
  });
  const busy = Array.from({ length: MANY_PAYMENTS }, (_, place) =>
    payment(`busy-${place}`, {
      clinic_id: 'e2e-long',
      patient_id: BUSY_PATIENT,
      payment_id: `E2E-BUSY-${place}`,
      amount: 100 + place,
    }),
  );
  const other = payment('rtl-1', {
    clinic_id: 'e2e-rtl',
    patient_id: 'E2E-RTL-1',
    payment_id: 'E2E-RTL-PAY',
    amount: 12_345,
  });
  return [other, ...busy];
}

/** Register the clinics, tell of the payments, and wait until the reports know of the last. */
export async function openOddClinics(
  stack: Endpoints,
  tokenOf: (stack: Endpoints, role: Role) => Promise<string>,
): Promise<void> {
  const admin = { authorization: `Bearer ${await tokenOf(stack, 'admin')}` };
  const address = `${stack.report_api}/api/v1/reports/patients/${BUSY_PATIENT}/history?limit=1`;
  if ((await paymentsOf(address, admin)) === MANY_PAYMENTS) return;
  for (const [id, name] of Object.entries(CLINICS)) {
    await fetch(`${stack.report_api}/api/v1/clinics/${id}`, {
      method: 'PUT',
      headers: { ...admin, 'content-type': 'application/json' },
      body: JSON.stringify({ name, time_zone: 'America/New_York', terms_days: 30 }),
    });
  }
  await send(stack, events());
  const deadline = Date.now() + PATIENCE_MS;
  while ((await paymentsOf(address, admin)) !== MANY_PAYMENTS) {
    if (Date.now() > deadline) throw new Error('The payments did not become a history.');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function paymentsOf(address: string, headers: Record<string, string>): Promise<number> {
  const response = await fetch(address, { headers });
  if (!response.ok) return 0;
  const history = (await response.json()) as { totals: { payment_count: number }[] };
  return history.totals[0]?.payment_count ?? 0;
}
