/** A patient of our own: one cent left open on an invoice in dollars, the same story in yen. */
import { send, type SentEvent } from './ingest.ts';
import type { Endpoints, Role } from './stack.ts';

export const PATIENT = 'E2E-1';
export const NAME = { family: 'Quillfeather', given: 'Zélda' };
export const INVOICE = 'E2E-INV-1';

const CLINIC = 'hudson';
const PATIENCE_MS = 60_000;

function events() {
  const now = Date.now();
  const at = new Date(now - 60_000).toISOString();
  const issued = new Date(now - 100 * 86_400_000).toISOString().slice(0, 10);
  const due = new Date(now - 70 * 86_400_000).toISOString().slice(0, 10);
  const about = { clinic_id: CLINIC, patient_id: PATIENT };
  const event = (id: string, type: string, data: object): SentEvent => ({
    id,
    type,
    time: at,
    data: { ...about, ...data },
  });
  const invoice = { payer_type: 'patient', issued_on: issued, due_on: due };
  const paid = { method: 'card', received_at: at };
  return [
    event('patient', 'patient.recorded', { patient_name: NAME }),
    event('inv-1', 'invoice.issued', {
      ...invoice,
      invoice_id: INVOICE,
      amount: 10_000,
      currency: 'USD',
    }),
    event('pay-1', 'payment.succeeded', {
      ...paid,
      payment_id: 'E2E-PAY-1',
      invoice_id: INVOICE,
      amount: 9_999,
      currency: 'USD',
    }),
    event('inv-2', 'invoice.issued', {
      ...invoice,
      invoice_id: 'E2E-INV-2',
      amount: 7_000,
      currency: 'JPY',
    }),
  ];
}

/** Send the story to ingest, and wait until the reports know of it. */
export async function tellStory(stack: Endpoints): Promise<void> {
  const headers = { authorization: `Bearer ${await tokenOf(stack, 'finance')}` };
  const address = `${stack.report_api}/api/v1/reports/outstanding/detail?clinic_id=${CLINIC}&invoice_id=${INVOICE}`;
  if ((await fetch(address, { headers })).ok) return;
  await send(stack, events());
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await fetch(address, { headers })).ok) {
    if (Date.now() > deadline) throw new Error('The story did not become a report.');
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

export async function tokenOf(stack: Endpoints, role: Role): Promise<string> {
  const user = stack.users.find((one) => one.role === role);
  if (!user) throw new Error(`There is no user of the role ${role}.`);
  const response = await fetch(`${stack.report_api}/api/v1/auth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      username: user.name,
      password: user.password,
    }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
