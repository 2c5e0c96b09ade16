/** A report asked for on screen; its route can also answer with an export, when asked for a PDF. */
import type { ExportStatus } from '@/lib/api';

export function onScreen<Report extends object>(answer: Report | ExportStatus): Report {
  if ('export_id' in answer) throw new Error('asked for on screen, and answered with an export');
  return answer;
}
