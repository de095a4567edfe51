import { judgeRecorded } from '../../src/contract/judge-recorded.ts';
import { recordingOf } from '../../src/contract/recorded/recording.ts';
import type { Finding } from '../../src/contract/verdict.ts';
import { companionsOf, ENDPOINT } from '../../src/description/companions.ts';
import { loadDescription } from '../../src/description/load.ts';
import { exchangeOf, type Special } from './exchanges.ts';

/** The project's own description with its companions. */
export const described = await loadDescription(ENDPOINT, { overlays: companionsOf(ENDPOINT) });

/** What recorded traffic with all operations is convicted of. */
export function findingsIn(...specials: readonly Special[]): readonly Finding[] {
  const recording = recordingOf('a.har', specials.map(exchangeOf));
  return judgeRecorded({ description: described, recording }).findings;
}
