import type { Exchange } from '../contract/exchange.ts';
import type { Description } from '../description/model.ts';
import type { VerifyArguments } from './verify-options.ts';

/** What is judged: a server, or recorded traffic. */
export interface Subject {
  readonly url: string | undefined;
  readonly exchanges: readonly Exchange[];
  readonly signal: AbortSignal;
}

/** The description that a run judges by, and what is to be said of it. */
export interface Effective {
  readonly description: Description;
  readonly remarks: readonly string[];
}

/**
 * The description with the companions, the dialect and the overlays that are asked for, in this order.
 * @throws KitError as `loadDescription` does, and USAGE for a dialect that is none or cannot be found out
 */
export async function effectiveDescription(subject: Subject, options: VerifyArguments): Promise<Effective> {
  const { loadDescription } = await import('../description/load.ts');
  const { companionsOf } = await import('../description/companions.ts');
  const { dialectOverlays } = await import('../description/dialects.ts');
  const { overlay = [] } = options;
  const choice = options.dialect === undefined ? undefined : await choose(options.dialect, subject, options);
  // What makes things is among the companions.
  const companions = options.companions || options.setUp ? companionsOf(options.description) : [];
  const overlays = [...companions, ...dialectOverlays(choice?.dialect), ...overlay];
  const description = await loadDescription(options.description, { overlays });
  return { description, remarks: choice?.remark === undefined ? [] : [choice.remark] };
}

async function choose(name: string, subject: Subject, options: VerifyArguments) {
  const { chooseDialect } = await import('./dialect.ts');
  const { readCertificates } = await import('./certificates.ts');
  const { base, ca, insecure = false, header: headers = [], wait: waitSeconds } = options;
  return await chooseDialect(name, {
    ...subject,
    basePaths: base === undefined ? ['/api', ''] : [base],
    headers,
    waitSeconds,
    insecure,
    ...(ca !== undefined && { ca: await readCertificates(ca) }),
  });
}
