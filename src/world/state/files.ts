import type { RunRule } from '../model.ts';
import type { Call, Refusal, TemplateRecord } from './model.ts';
import { type Facts, mayRefuse, refused } from './outcome.ts';
import { baseName, fateOf, type Run } from './runs.ts';

/** Why the files of a template cannot be fetched, one after the other. */
export function fileRefusal(
  run: Run,
  rules: readonly RunRule[] | undefined,
  facts: Facts,
  call: Call,
): Refusal | undefined {
  const { template } = run;
  const { executable } = template;
  for (const file of [executable, ...otherFiles(template)]) {
    const isUnknown = !isFetchable(file);
    const missed = isUnknown || /^(https?|ftp):/i.test(file) ? 'unreachable-file' : 'missing-file';
    const isMissing =
      isUnknown || fateOf({ ...run, template: { ...template, executable: file } }, rules).missing;
    if (isMissing && mayRefuse(call, missed)) {
      return refused(missed, { ...facts, file });
    }
  }
  const scripts = template.jobType === 'shell' ? template.scripts : [];
  const clash = scripts.find((script) => baseName(script) === baseName(executable));
  return clash !== undefined && mayRefuse(call, 'clashing-files')
    ? refused('clashing-files', { ...facts, file: clash })
    : undefined;
}

function otherFiles(template: TemplateRecord): readonly string[] {
  return template.jobType === 'shell'
    ? template.scripts
    : [...template.jars, ...template.files, ...template.archives];
}

/** Whether a server can try to fetch a file: its URI (RFC 3986) has a form and a scheme that it knows, and an address it may use. */
function isFetchable(uri: string): boolean {
  if (uri === '' || /[\s\p{Cc}"<>\\^`{|}]|%(?![0-9a-f]{2})/iu.test(uri)) {
    return false;
  }
  const [, scheme, host = ''] =
    /^([a-z][a-z0-9+.-]*):(?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*))?/i.exec(uri) ?? [];
  switch (scheme?.toLowerCase()) {
    case undefined:
    case 'file':
      return true;
    case 'http':
    case 'https':
    case 'ftp':
      return !PRIVATE.test(host);
    default:
      return false;
  }
}

/** Addresses of the machine itself, and those of networks that nobody else reaches. */
const PRIVATE =
  /^(|localhost|0\.0\.0\.0|127\..*|10\..*|192\.168\..*|169\.254\..*|172\.(1[6-9]|2\d|3[01])\..*|\[(::1?|f[cde].*)\])$/i;

/** A text of a template with what a run says in the place of `{{name}}`; what it does not say stays. */
export function filledIn(text: string, jobConf: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{([\w.-]+)\}\}/g, (whole, name: string) =>
    Object.hasOwn(jobConf, name) ? (jobConf[name] ?? whole) : whole,
  );
}
