/** Exports. A test overrides what it is about. */
import type { ExportStatus } from '@/lib/api';

export function exportStatus(over: Partial<ExportStatus> = {}): ExportStatus {
  return {
    export_id: '019ab6a0-7c00-7000-8000-00000000000a',
    report: 'revenue',
    state: 'queued',
    progress_percent: 0,
    requested_at: '2026-03-31T16:00:00Z',
    ended_at: null,
    attempts: 0,
    problem: null,
    paper: 'letter',
    locale: 'en-US',
    parameters: { start_date: '2026-03-01', end_date: '2026-03-31' },
    as_of: '2026-03-31',
    watermark: '0:12,1:9',
    digest: 'ab'.repeat(32),
    file: null,
    ...over,
  };
}
