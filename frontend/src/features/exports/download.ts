/** Downloads a finished document by a link made for this moment. */
import { getExport } from './api/get-export';

export async function download(exportId: string): Promise<void> {
  const { file } = await getExport(exportId);
  if (!file) return;
  const link = document.createElement('a');
  link.href = file.href;
  link.rel = 'noreferrer';
  link.download = '';
  link.click();
}
