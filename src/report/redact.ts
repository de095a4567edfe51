import type { HeaderLine } from '../contract/exchange.ts';
import type { Finding, Report, Transcript } from '../contract/verdict.ts';

const REDACTED = '[redacted]';

/** Headers that carry credentials by their name, standard ones and what services call theirs. */
const CREDENTIAL_NAME = /auth|cookie|credential|key|passw|secret|session|signature|token/i;

/** Request headers that carry no secret: reports that hid their values could not say what they are about. */
const HARMLESS_NAME =
  /^(accept|cache-control|content|host|if|origin|prefer|range|referer|user-agent)(-.*)?$/i;

/** `https://user:password@host` */
const USERINFO = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/?#'"]*@/gi;

/** `Authorization: …` up to the quote or line that ends it, and `"authorization": "…"`; `$HEADER_1` may stay. */
const NAMED = '((?:proxy-)?authorization|(?:set-)?cookie)';
const CREDENTIAL_LINE = new RegExp(`\\b${NAMED}(: *)(?![ $])[^'\\r\\n]+`, 'gi');
/** The same as a line of its own, to its end. */
const CREDENTIAL_HEADER = new RegExp(`^${NAMED}(:[ \\t]*)[^\\r\\n]+`, 'gim');
const CREDENTIAL_MEMBER = new RegExp(`"${NAMED}("\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');

type Clean = (text: string) => string;

/**
 * The report without secrets: the values of `headers` (those of `--header`, and the credentials among recorded ones),
 * what a credential header says, and the userinfo of URLs. To be applied once, before any report is written.
 */
export function redactReport(report: Report, headers: readonly HeaderLine[]): Report {
  const secrets = secretsOf(headers);
  const clean: Clean = (text) => redact(text, secrets);
  const cleanFinding = (finding: Finding) => redactFinding(finding, clean);
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

function redactFinding(finding: Finding, clean: Clean): Finding {
  const { values, evidence } = finding;
  return {
    ...finding,
    message: clean(finding.message),
    expected: clean(finding.expected),
    actual: clean(finding.actual),
    pointer: finding.pointer && clean(finding.pointer),
    curl: clean(finding.curl),
    ...(values && { values: values.map(clean) }),
    ...(evidence && { evidence: redactTranscript(evidence, clean) }),
  };
}

/** What is marked stays so, unless a secret reaches across its ends. */
function redactTranscript({ request, response, marked }: Transcript, clean: Clean): Transcript {
  const whole = { request: clean(request), response: clean(response), marked: undefined };
  if (!marked) {
    return whole;
  }
  const before = clean(response.slice(0, marked.start));
  const within = clean(response.slice(marked.start, marked.end));
  const isSame = `${before}${within}${clean(response.slice(marked.end))}` === whole.response;
  const start = before.length;
  return isSame ? { ...whole, marked: { start, end: start + within.length } } : whole;
}

function redact(text: string, secrets: readonly string[]): string {
  const withoutValues = secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
  return withoutValues
    .replace(CREDENTIAL_HEADER, `$1$2${REDACTED}`)
    .replace(CREDENTIAL_MEMBER, `"$1$2"${REDACTED}"`)
    .replace(CREDENTIAL_LINE, `$1$2${REDACTED}`)
    .replace(USERINFO, '$1');
}

/** Values and their longer words (the token behind `Bearer`, the value of a cookie) as reports may write them, longest first. */
function secretsOf(headers: readonly HeaderLine[]): readonly string[] {
  const values = headers.filter(([name]) => !HARMLESS_NAME.test(name)).map(([, value]) => value);
  const words = values.flatMap((value) => value.split(/[\s;,="]+/)).filter((word) => word.length >= 8);
  const spelled = [...values.filter((value) => value.length >= 4), ...words].flatMap(spellings);
  return [...new Set(spelled)].sort((a, b) => b.length - a.length);
}

/** As it is, in JSON, in a URL and in a shell's single quotes. */
function spellings(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [
    secret,
    inJson,
    encodeURIComponent(Buffer.from(secret).toString()),
    secret.replaceAll("'", "'\\''"),
  ];
}
