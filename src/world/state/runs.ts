import type { RunRule } from '../model.ts';
import { seededRandom } from '../random.ts';
import type { TemplateRecord } from './model.ts';

/** What a run will do. */
export interface Fate {
  readonly outcome: 'succeeded' | 'failed';
  readonly queuedSeconds: number;
  readonly runningSeconds: number;
  /** The executable is not there. */
  readonly missing: boolean;
}

/** A run that is asked for. */
export interface Run {
  readonly template: TemplateRecord;
  readonly jobConf: Readonly<Record<string, string>>;
  /** Draws whether a rule with a share decides. */
  readonly seed: string;
}

const USUAL: Fate = { outcome: 'succeeded', queuedSeconds: 1, runningSeconds: 2, missing: false };

/** What everybody expects of a name, after the rules of the fixture. */
const EXPECTED: readonly RunRule[] = [
  { when: { jobConf: { '*': 'fail' } }, outcome: 'failed' },
  { when: { executable: 'fail*' }, outcome: 'failed' },
  { when: { executable: 'sleep*' }, runningSeconds: 300 },
];

/** What the first rule that decides says; by default a run waits for a second and succeeds two seconds later. */
export function fateOf(run: Run, rules: readonly RunRule[] = []): Fate {
  const decides = ({ when, share = 1 }: RunRule, index: number) =>
    matches(when, run) && (share === 1 || seededRandom(`${run.seed} rule ${index}`)() < share);
  return { ...USUAL, ...[...rules, ...EXPECTED].find(decides) };
}

function matches(when: RunRule['when'], { template, jobConf }: Run): boolean {
  const { template: name, jobType, executable, jobConf: entries } = when ?? {};
  return (
    (name === undefined || isLike(template.name, name)) &&
    (jobType === undefined || template.jobType === jobType) &&
    (executable === undefined || isLike(fileOf(template.executable, executable), executable)) &&
    Object.entries(entries ?? {}).every(([key, value]) =>
      Object.entries(jobConf).some((entry) => isLike(entry[0], key) && isLike(entry[1], value)),
    )
  );
}

function fileOf(executable: string, pattern: string): string {
  return pattern.includes('/') ? executable : baseName(executable);
}

/** What follows the last slash of a path or URL. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a text is a pattern's, in which `*` stands for any characters. */
function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}
