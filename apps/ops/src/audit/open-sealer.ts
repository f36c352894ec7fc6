import { CheckpointPlace, Sealer } from '#lib/audit';
import type { sealSettings } from './audit-settings.js';

const POST_WITHIN_MS = 10_000;

/** A sealer as the settings say. @throws SealerElsewhereError, SealRefusedError, or what the database throws */
export async function openSealer(o: ReturnType<typeof sealSettings>, pushAgain = false): Promise<Sealer> {
  const { auditUrl: url, auditCheckpointUrl: copyTo, key } = o;
  const place = await CheckpointPlace.open(o.auditCheckpointDir);
  return Sealer.open({ url, key, place, pushAgain, ...(copyTo !== undefined && { alsoTo: (note: string) => post(copyTo, note) }) });
}

async function post(url: string, note: string): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: note,
    signal: AbortSignal.timeout(POST_WITHIN_MS),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the checkpoint was answered with ${response.status}`);
}
