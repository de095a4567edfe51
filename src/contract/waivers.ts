import { readFile } from 'node:fs/promises';
import type { Description } from '../description/model.ts';
import type { SourceDocument } from '../documents/document.ts';
import { appendToken, withAnyIndex } from '../documents/pointer.ts';
import { readDocument } from '../documents/read.ts';
import { describeLocation, KitError, type Problem } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { packageFile } from '../package-files.ts';
import { compileSchema } from '../schema/compile.ts';
import { RULES } from './rules/index.ts';
import type { Finding, Report, Waived, Waiver } from './verdict.ts';

/** `check` of the finding that an expired waiver is. */
export const EXPIRED = 'waiver-expired';

const SCHEMA = 'spec/waivers.schema.json';

/** A ledger as `spec/waivers.schema.json` describes it. */
interface Ledger {
  readonly waivers: readonly WrittenWaiver[];
}

type Scalar = string | number | boolean | null;

interface WrittenWaiver {
  readonly rule: string;
  readonly operation?: string;
  readonly pointer?: string;
  readonly value?: Scalar | readonly Scalar[];
  readonly reason: string;
  readonly link?: string;
  readonly expires?: string;
}

/**
 * Reads a ledger of waivers, YAML or JSON.
 * @throws KitError DOCUMENT_UNREADABLE, DOCUMENT_SYNTAX; WAIVERS_INVALID with every mistake at its line, rules and
 * operations that do not exist among them
 */
export async function readWaivers(
  file: string,
  { operations }: Pick<Description, 'operations'>,
): Promise<readonly Waiver[]> {
  const document = await readDocument(file);
  const ledger = await checkForm(document);
  const names = { rule: RULES.map(({ id }) => id), operation: operations.map(({ id }) => id) };
  refuse(
    ledger.waivers.flatMap((waiver, index) => unknownNames(waiver, `/waivers/${index}`, names, document)),
  );
  return ledger.waivers.map((waiver, index) => toWaiver(waiver, document.locate(`/waivers/${index}`)));
}

/**
 * Sets the findings apart that a waiver covers, and judges by the rest. A waiver that has expired by `now` covers
 * nothing and is an error of its own, unless its finding is gone: such a waiver is healed. One whose rule was not tested
 * is neither.
 */
export function applyWaivers(report: Report, waivers: readonly Waiver[], now: Date): Report {
  if (report.verdict === 'no-verdict') {
    return report;
  }
  const today = now.toISOString().slice(0, 10);
  const expired = waivers.filter(({ expires }) => expires !== undefined && expires < today);
  const valid = waivers.filter((waiver) => !expired.includes(waiver));
  const waived = report.findings.flatMap((finding): readonly Waived[] => {
    const waiver = valid.find((each) => covers(each, finding));
    return waiver ? [{ finding, waiver }] : [];
  });
  const healed = waivers.filter((waiver) => isHealed(waiver, report));
  const failing = [
    ...expired.filter((waiver) => !healed.includes(waiver)).map(expiryOf),
    ...report.findings.filter((finding) => waived.every((each) => each.finding !== finding)),
  ];
  const violates = failing.some(({ severity }) => severity === 'error');
  return { ...report, verdict: violates ? 'violates' : 'conforms', findings: failing, waived, healed };
}

async function checkForm(document: SourceDocument): Promise<Ledger> {
  const schema: JsonObject = JSON.parse(await readFile(packageFile(SCHEMA), 'utf8'));
  const { check } = compileSchema(schema, () => ({ file: SCHEMA, line: 1 }));
  const { value } = document;
  const mistakes = check(value).map(({ pointer, expected, actual }) =>
    mistake(document, pointer, `is ${actual}`, `Expected ${expected}.`),
  );
  if (!isLedger(value, mistakes)) {
    throw new KitError(mistakes);
  }
  return value;
}

/** The schema has said what the value is; here the compiler learns it. */
function isLedger(_value: unknown, mistakes: readonly Problem[]): _value is Ledger {
  return mistakes.length === 0;
}

/** A waiver of what does not exist would never cover anything, and be taken for healed. */
function unknownNames(
  waiver: WrittenWaiver,
  place: string,
  known: Readonly<Record<'rule' | 'operation', readonly string[]>>,
  document: SourceDocument,
): readonly Problem[] {
  return (['rule', 'operation'] as const).flatMap((member) => {
    const name = waiver[member];
    if (name === undefined || known[member].includes(name)) {
      return [];
    }
    const advice = `Use one of ${known[member].join(', ')}.`;
    return [
      mistake(document, appendToken(place, member), `is "${name}", and no ${member} is called so`, advice),
    ];
  });
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length > 0) {
    throw new KitError(problems);
  }
}

function mistake(document: SourceDocument, pointer: string, what: string, advice: string): Problem {
  const reason = `${pointer || 'the ledger'} ${what}`;
  return { code: 'WAIVERS_INVALID', facts: { reason, advice }, where: document.locate(pointer) };
}

function toWaiver(
  { rule, operation, pointer, value, reason, link, expires }: WrittenWaiver,
  where: Waiver['where'],
): Waiver {
  const values = value === undefined ? undefined : [value].flat().map(String);
  return { rule, operation, pointer, values, reason, link, expires, where };
}

function covers(waiver: Waiver, finding: Finding): boolean {
  const { rule, operation, pointer, values } = waiver;
  return (
    rule === finding.check &&
    (operation === undefined || operation === finding.operation?.id) &&
    (pointer === undefined || isSamePlace(pointer, finding.pointer)) &&
    (values === undefined || valuesOf(finding).every((seen) => values.some((value) => reads(value, seen))))
  );
}

/** Findings are grouped over the items of a list: an index says nothing. */
function isSamePlace(waived: string, found: string | undefined): boolean {
  return found !== undefined && withAnyIndex(waived) === withAnyIndex(found);
}

function valuesOf({ values, actual }: Finding): readonly string[] {
  return values ?? [actual];
}

/** A finding shows a text of the body as JSON: in quotes. */
function reads(value: string, seen: string): boolean {
  return seen === value || seen === JSON.stringify(value);
}

/** Whether the rule of a waiver was tested, and nothing found that it covers. */
function isHealed(waiver: Waiver, { findings, kept }: Report): boolean {
  const isTested = kept.includes(waiver.rule) || findings.some(({ check }) => check === waiver.rule);
  return isTested && !findings.some((finding) => covers(waiver, finding));
}

function expiryOf({ rule, expires, where }: Waiver): Finding {
  return {
    severity: 'error',
    check: EXPIRED,
    message: `the waiver of ${rule} at ${describeLocation(where)} expired after ${expires}: mend what it covers, or renew it`,
    expected: 'a waiver that holds',
    actual: `expired after ${expires}`,
    pointer: undefined,
    source: where,
    curl: '',
    count: 0,
  };
}
