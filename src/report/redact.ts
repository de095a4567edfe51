import type { HeaderLine } from '../contract/exchange.ts';
import type { Finding, Report, Transcript } from '../contract/verdict.ts';
import type { Location } from '../errors.ts';
import { REDACTED, redactCookies } from '../redacted.ts';
import { hideSecrets } from './secrets.ts';

/** Headers that carry credentials by their name, standard ones and what services call theirs. */
const CREDENTIAL_NAME = /auth|cookie|credential|key|passw|secret|session|signature|token/i;

/** `https://user:password@host` */
const USERINFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#'"]*@/gi;

/** `Authorization: …` up to the quote or line that ends it, and `"authorization": "…"`. */
const NAMED = '((?:proxy-)?authorization|(?:set-)?cookie)';
const CREDENTIAL_TEXT = new RegExp(`\\b${NAMED}(: *)(?! )([^'\\r\\n]+)`, 'gi');
/** The same as a line of its own, to its end. */
const CREDENTIAL_LINE = new RegExp(`^${NAMED}(:[ \\t]*)(\\S[^\\r\\n]*)`, 'gim');
const CREDENTIAL_MEMBER = new RegExp(`"${NAMED}("\\s*:\\s*)"((?:[^"\\\\]|\\\\.)*)"`, 'gi');

type Clean = (text: string) => string;

/**
 * The report without secrets: the values of `headers` (those of `--header`, and the credentials among recorded ones),
 * what a credential header says, and the userinfo of URLs. To be applied once, before any report is written.
 */
export function redactReport(report: Report, headers: readonly HeaderLine[]): Report {
  const hide = hideSecrets(headers);
  const cleanSent: Clean = (text) => withoutCredentials(hide(text));
  const clean: Clean = (text) => withoutHeaders(cleanSent(text));
  const cleanFinding = (finding: Finding) => redactFinding(finding, clean, cleanSent);
  return {
    ...report,
    reason: report.reason && clean(report.reason),
    target: clean(report.target),
    description: clean(report.description),
    findings: report.findings.map(cleanFinding),
    ...(report.waived && {
      waived: report.waived.map(({ finding, waiver }) => ({ finding: cleanFinding(finding), waiver })),
    }),
    untested: report.untested.map(({ check, reason }) => ({ check, reason: clean(reason) })),
    notes: report.notes.map(clean),
  };
}

/** The header lines whose names say that they carry credentials. */
export function credentialsAmong(headers: readonly HeaderLine[]): readonly HeaderLine[] {
  return headers.filter(([name]) => CREDENTIAL_NAME.test(name));
}

/** The headers of what was sent are clean by now: what credentials they still have the run has made up. */
function redactFinding(finding: Finding, clean: Clean, cleanSent: Clean): Finding {
  const { source, operation, values, evidence } = finding;
  return {
    ...finding,
    message: clean(finding.message),
    expected: clean(finding.expected),
    actual: clean(finding.actual),
    pointer: finding.pointer && clean(finding.pointer),
    source: typeof source === 'string' ? source : redactLocation(source, clean),
    curl: cleanSent(finding.curl),
    ...(operation && { operation: { ...operation, where: redactLocation(operation.where, clean) } }),
    ...(values && { values: values.map(clean) }),
    ...(evidence && { evidence: redactTranscript(evidence, clean, cleanSent) }),
  };
}

/** A description may be read from a URL with userinfo. */
function redactLocation({ file, line }: Location, clean: Clean): Location {
  return { file: clean(file), line };
}

/** What is marked stays so, unless a secret reaches across its ends. */
function redactTranscript(
  { request, response, marked }: Transcript,
  clean: Clean,
  cleanSent: Clean,
): Transcript {
  const whole = { request: cleanSent(request), response: clean(response), marked: undefined };
  if (!marked) {
    return whole;
  }
  const before = clean(response.slice(0, marked.start));
  const within = clean(response.slice(marked.start, marked.end));
  const isSame = `${before}${within}${clean(response.slice(marked.end))}` === whole.response;
  const start = before.length;
  return isSame ? { ...whole, marked: { start, end: start + within.length } } : whole;
}

/** The text without userinfo and without members that are named like credential headers. */
function withoutCredentials(text: string): string {
  return text.replace(USERINFO, '$1').replace(CREDENTIAL_MEMBER, `"$1$2"${REDACTED}"`);
}

/** The text without what credential headers say, whoever said it. */
function withoutHeaders(text: string): string {
  return text
    .replace(CREDENTIAL_LINE, (_, name: string, colon: string, value: string) =>
      isCookie(name) ? `${name}${colon}${redactCookies(value)}` : `${name}${colon}${REDACTED}`,
    )
    .replace(CREDENTIAL_TEXT, (_, name: string, colon: string, value: string) =>
      isCookie(name)
        ? `${name}${colon}${redactCookies(value, { prose: true })}`
        : `${name}${colon}${REDACTED}`,
    );
}

function isCookie(name: string): boolean {
  return /cookie$/i.test(name);
}
