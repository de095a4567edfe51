import { fileURLToPath } from 'node:url';
import type { Report } from '../../src/contract/verdict.ts';
import { type VerifyOptions, verify } from '../../src/contract/verify.ts';
import { loadDescription } from '../../src/description/load.ts';
import { type Change, serveJobs, type World } from '../servers/jobs-api.ts';

/** The project's own description. */
export const description = await loadDescription(
  fileURLToPath(new URL('../../spec/openapi.yaml', import.meta.url)),
);

/** Judges a server by the project's own description; by the most telling requests alone, which is enough for most faults. */
export function verifyUrl(url: string, options: Partial<VerifyOptions> = {}): Promise<Report> {
  return verify({ description, url, timeoutSeconds: 2, smoke: true, ...options });
}

/** Judges a server of the described API that is spoilt in one way; the names of what exists are given. */
export async function verifyJobs(
  change?: Change,
  world?: World,
  options: Partial<VerifyOptions> = {},
): Promise<Report> {
  const { url, names } = await serveJobs(change, world);
  return await verifyUrl(url, { names, ...options });
}

/** The rules of a report's findings, errors first. */
export function checksOf({ findings }: Report): readonly string[] {
  return findings.map(({ check }) => check);
}
