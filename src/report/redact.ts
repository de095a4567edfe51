import type { HeaderLine } from '../contract/exchange.ts';
import type { Finding, Report } from '../contract/verdict.ts';

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
const CREDENTIAL_MEMBER = new RegExp(`"${NAMED}("\\s*:\\s*)"(?:[^"\\\\]|\\\\.)*"`, 'gi');

/**
 * The report without secrets: the values of `headers` (those of `--header`, and the credentials among recorded ones),
 * what a credential header says, and the userinfo of URLs. To be applied once, before any report is written.
 */
export function redactReport(report: Report, headers: readonly HeaderLine[]): Report {
  const secrets = secretsOf(headers);
  const clean = (text: string) => redact(text, secrets);
  return {
    ...report,
    reason: report.reason && clean(report.reason),
    target: clean(report.target),
    description: clean(report.description),
    findings: report.findings.map((finding) => cleanFinding(finding, clean)),
    untested: report.untested.map(({ check, reason }) => ({ check, reason: clean(reason) })),
    notes: report.notes.map(clean),
  };
}

/** The header lines whose names say that they carry credentials. */
export function credentialsAmong(headers: readonly HeaderLine[]): readonly HeaderLine[] {
  return headers.filter(([name]) => CREDENTIAL_NAME.test(name));
}

function cleanFinding(finding: Finding, clean: (text: string) => string): Finding {
  return {
    ...finding,
    message: clean(finding.message),
    expected: clean(finding.expected),
    actual: clean(finding.actual),
    pointer: finding.pointer && clean(finding.pointer),
    curl: clean(finding.curl),
  };
}

function redact(text: string, secrets: readonly string[]): string {
  const withoutValues = secrets.reduce((rest, secret) => rest.replaceAll(secret, REDACTED), text);
  return withoutValues
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
