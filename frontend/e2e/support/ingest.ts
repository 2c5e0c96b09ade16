/** Sends events to the stack's ingest, as a practice's system would. */
import type { Endpoints } from './stack.ts';

export interface SentEvent {
  id: string;
  type: string;
  /** When it happened, ISO 8601. */
  time: string;
  data: object;
}

const AT_A_TIME = 1_000;

export async function send(stack: Endpoints, events: readonly SentEvent[]): Promise<void> {
  const lines = events.map((event) =>
    JSON.stringify({ specversion: '1.0', source: 'urn:careledger:e2e', ...event }),
  );
  for (let from = 0; from < lines.length; from += AT_A_TIME) {
    const response = await fetch(`${stack.ingest}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${stack.ingest_token}`,
        'content-type': 'application/x-ndjson',
      },
      body: lines.slice(from, from + AT_A_TIME).join('\n'),
    });
    if (response.status !== 202) {
      throw new Error(`ingest: ${response.status} ${await response.text()}`);
    }
  }
}
