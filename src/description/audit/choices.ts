import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { anyUnresolved } from '../reading.ts';
import { documentedValues } from './documented.ts';
import { instancesOf } from './instances.ts';
import { accuse, listOf, nameOf, propertiesOf, type Subject } from './subject.ts';

/** Values of every type: what allows all of them allows everything. */
const PROBES: readonly Json[] = [null, true, 0, -7.5, '', 'text', [], [null, 1], {}, { a: 1, b: [null] }];

/** The probes, and objects that have one as a property that the schema describes. */
function probesOf(schema: JsonObject): readonly Json[] {
  const names = propertiesOf(schema).map(([name]) => name);
  return [...PROBES, ...names.flatMap((name) => PROBES.map((value) => ({ [name]: value })))];
}

type Keyword = 'oneOf' | 'anyOf';
type Check = (value: Json) => boolean;

/** A branch of a choice and what is known of the values that it describes. */
interface Branch {
  readonly name: string;
  readonly allows: Check;
  /** Values that it describes, within what stands around the choice. */
  readonly values: readonly Json[];
  /** Whether it asks for another type than what stands around the choice. */
  readonly isForeign: boolean;
}

/** Rules `choice-none`, `choice-branch` and `choice-all`, decided by trying values that the branches describe. */
export function auditChoices(subject: Subject): void {
  const documented = documentedValues(subject);
  for (const schema of subject.schemas) {
    for (const keyword of ['oneOf', 'anyOf'] as const) {
      const branches = branchesOf(subject, schema, keyword, documented.get(schema) ?? []);
      if (branches.length > 0) {
        auditBranches(subject, schema, keyword, branches);
        if (probesOf(schema).every((value) => isChosen(value, keyword, branches))) {
          accuse(subject, 'choice-all', schema, keyword, `everything satisfies this ${keyword}`);
        }
      }
    }
  }
}

function auditBranches(
  subject: Subject,
  schema: JsonObject,
  keyword: Keyword,
  branches: readonly Branch[],
): void {
  const dead = branches.flatMap((branch) => {
    const reason = deathOf(branch, keyword === 'oneOf' ? branches : []);
    return reason === undefined ? [] : [`what ${branch.name} describes ${reason}`];
  });
  if (dead.length === branches.length) {
    accuse(subject, 'choice-none', schema, keyword, `nothing satisfies this ${keyword}: ${dead.join('; ')}`);
    return;
  }
  for (const reason of dead) {
    accuse(subject, 'choice-branch', schema, keyword, `${reason}, so this ${keyword} never allows it`);
  }
}

/** Why no value of a branch is valid; undefined where one is, or none is known. */
function deathOf({ values, isForeign, allows }: Branch, all: readonly Branch[]): string | undefined {
  if (isForeign) {
    return 'is of another type than what stands beside it asks for';
  }
  const others = all.filter((other) => other.allows !== allows);
  const rivals = values.map((value) => others.find((other) => other.allows(value)));
  // The last is the fullest, and says most.
  const value = values.at(-1);
  const rival = rivals.at(-1);
  return value !== undefined && rival && !rivals.includes(undefined)
    ? `satisfies ${rival.name} too (such as ${shown(value)})`
    : undefined;
}

/** Whether a choice allows a value, counted by its branches. */
function isChosen(value: Json, keyword: Keyword, branches: readonly Branch[]): boolean {
  const count = branches.filter(({ allows }) => allows(value)).length;
  return keyword === 'oneOf' ? count === 1 : count > 0;
}

/** The branches of a choice; none where one of them does not compile. */
function branchesOf(
  subject: Subject,
  schema: JsonObject,
  keyword: Keyword,
  documented: readonly Json[],
): readonly Branch[] {
  const { [keyword]: list, ...around } = schema;
  const allowsAround = isArray(list) ? checkOf(subject, around) : undefined;
  if (!isArray(list) || !allowsAround || anyUnresolved(subject.reading, list)) {
    return [];
  }
  const branches = list.filter(isObject).flatMap((branch, index) => {
    const allows = checkOf(subject, branch);
    const all = [...documented, ...instancesOf({ ...around, allOf: [...listOf(around['allOf']), branch] })];
    return allows
      ? [
          {
            name: nameOf(subject, branch, `branch ${index + 1}`),
            allows,
            values: all.filter((value) => allowsAround(value) && allows(value)),
            isForeign: !typesOf(branch).some((type) => typesOf(around).includes(type)),
          },
        ]
      : [];
  });
  return branches.length === list.length ? branches : [];
}

function checkOf({ compiled }: Subject, schema: JsonObject): Check | undefined {
  const checked = compiled.of(schema);
  return checked && ((value) => checked.check(value).length === 0);
}

const TYPES: readonly string[] = ['null', 'boolean', 'object', 'array', 'integer', 'number', 'string'];

/** The types that a schema's own keywords allow. */
function typesOf({ type, nullable }: JsonObject): readonly string[] {
  const own = type === undefined ? TYPES : [type].flat().map(String);
  return [
    ...own,
    ...(own.includes('number') ? ['integer'] : []),
    ...(own !== TYPES && nullable === true ? ['null'] : []),
  ];
}

function shown(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
