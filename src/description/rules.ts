/** An error makes the description unusable or untrue; a warning says that it promises less, or other, than it seems to. */
export type Severity = 'error' | 'warning';

/** One claim about a description. */
export interface DescriptionRule {
  readonly severity: Severity;
  /** What a sound description does. */
  readonly claim: string;
  /** The section of the standard that the rule comes from. */
  readonly source: string;
  /** What to do about a finding that says nothing more precise. */
  readonly advice: string;
}

const OPENAPI = 'https://spec.openapis.org/oas/v3.0.3#';
const JSON_SCHEMA = 'https://json-schema.org/draft/2020-12/json-schema-validation#';
const RFC9110 = 'https://www.rfc-editor.org/rfc/rfc9110#';

/**
 * Every claim about a description, the worst first; `docs/audit.md` lists them and a test holds the two together. The
 * loader refuses a description that breaks one of the first eleven where it looks, which is not everywhere.
 */
export const DESCRIPTION_RULES = {
  reference: {
    severity: 'error',
    claim: 'Every `$ref` and every discriminator mapping leads to something that can be read.',
    source: `${OPENAPI}reference-object`,
    advice: 'Correct it, or add what it should name.',
  },
  structure: {
    severity: 'error',
    claim: 'Every object has the members that OpenAPI requires, in the form that it requires.',
    source: `${OPENAPI}schema`,
    advice: 'Write the member as OpenAPI has it.',
  },
  'response-key': {
    severity: 'error',
    claim: 'Every response key is a status, a range such as `5XX`, or `default`; no other ever matches.',
    source: `${OPENAPI}responses-object`,
    advice: 'Use a status such as 200, a range such as 5XX, or default.',
  },
  'media-type': {
    severity: 'error',
    claim: 'Every key of `content` is a media type.',
    source: `${OPENAPI}media-types`,
    advice: 'Write it as type/subtype.',
  },
  schema: {
    severity: 'error',
    claim: 'Every schema compiles.',
    source: `${OPENAPI}schema-object`,
    advice: 'Correct the keyword.',
  },
  example: {
    severity: 'error',
    claim: 'Every example obeys the schema that it illustrates.',
    source: `${OPENAPI}example-object`,
    advice: 'Correct the example or the schema.',
  },
  default: {
    severity: 'error',
    claim: 'Every default obeys the schema that it belongs to.',
    source: `${OPENAPI}properties`,
    advice: 'Correct the value or the schema.',
  },
  'operation-id': {
    severity: 'error',
    claim: 'No two operations share an operationId.',
    source: `${OPENAPI}operation-object`,
    advice: 'Give each operation its own.',
  },
  'path-parameter': {
    severity: 'error',
    claim: 'The path parameters are required, and exactly those of the path template.',
    source: `${OPENAPI}path-templating`,
    advice: 'Describe each name in braces, and no other.',
  },
  'server-url': {
    severity: 'error',
    claim: 'Every server has a URL, once its variables have their defaults.',
    source: `${OPENAPI}server-object`,
    advice: 'Correct it, or the defaults of its variables.',
  },
  extension: {
    severity: 'error',
    claim: 'Every `x-` extension that the kit knows is as docs/contract-extensions.md defines it.',
    source: 'docs/contract-extensions.md',
    advice: 'See docs/contract-extensions.md.',
  },
  'choice-none': {
    severity: 'error',
    claim:
      'Some value that a branch of a `oneOf` or `anyOf` describes is valid; in a `oneOf` it satisfies no other branch.',
    source: `${OPENAPI}schema-object`,
    advice: 'Let each branch require what only it has, or write anyOf.',
  },
  limits: {
    severity: 'error',
    claim: 'No lower limit is above its upper limit.',
    source: `${JSON_SCHEMA}section-6`,
    advice: 'Correct one of the two, or no value is ever valid.',
  },
  'enum-value': {
    severity: 'error',
    claim: 'Every member of an `enum` obeys the other keywords beside it, such as `type`.',
    source: `${JSON_SCHEMA}section-6.1.2`,
    advice: 'Correct the member (in YAML a number, true or null needs quotes to be a text), or the keyword.',
  },
  'required-forbidden': {
    severity: 'error',
    claim: 'No property is required that `additionalProperties: false` forbids.',
    source: `${JSON_SCHEMA}section-6.5.3`,
    advice: 'Describe the property, or no object is ever valid.',
  },
  'same-path': {
    severity: 'error',
    claim: 'No two paths differ in the names of their parameters alone.',
    source: `${OPENAPI}paths-object`,
    advice: 'Keep one of them.',
  },
  'parameter-twice': {
    severity: 'error',
    claim: 'No list of parameters has two of the same name and place.',
    source: `${OPENAPI}operation-object`,
    advice: 'Keep one of them.',
  },
  'no-content': {
    severity: 'error',
    claim: 'No content is described for a status that never has any (1XX, 204, 205, 304).',
    source: `${RFC9110}section-15`,
    advice: 'Remove "content", or describe the status that is really sent.',
  },
  'choice-branch': {
    severity: 'warning',
    claim: 'Every branch of a `oneOf` or `anyOf` describes a value that is valid.',
    source: `${OPENAPI}schema-object`,
    advice: 'Let each branch require what only it has, or write anyOf.',
  },
  'choice-all': {
    severity: 'warning',
    claim: 'Some value breaks a `oneOf` or `anyOf`.',
    source: `${OPENAPI}schema-object`,
    advice: 'Say in each branch what it is, at least its type; or remove the choice.',
  },
  'empty-body': {
    severity: 'warning',
    claim:
      'The object of a response body, or of an item of a list in it, cannot be `{}` if its schema has properties.',
    source: `${JSON_SCHEMA}section-6.5.3`,
    advice: 'List in "required" (or, for a body, in x-always) what is always there.',
  },
  'required-undescribed': {
    severity: 'warning',
    claim: 'Every required property is described.',
    source: `${JSON_SCHEMA}section-6.5.3`,
    advice: 'Correct the name, or add it to "properties".',
  },
  'enum-twice': {
    severity: 'warning',
    claim: 'No `enum` has a member twice.',
    source: `${JSON_SCHEMA}section-6.1.2`,
    advice: 'Remove one of them.',
  },
  format: {
    severity: 'warning',
    claim: 'Every `format` is one that OpenAPI or JSON Schema defines; others are checked by nobody.',
    source: 'https://spec.openapis.org/registry/format/',
    advice: 'Correct the name, or say the same with "pattern".',
  },
  'unused-component': {
    severity: 'warning',
    claim: 'Every component is reached from an operation.',
    source: `${OPENAPI}components-object`,
    advice: 'Refer to it, or remove it.',
  },
  'head-content': {
    severity: 'warning',
    claim: 'No content is described for answers to HEAD, which never have any.',
    source: `${RFC9110}section-9.3.2`,
    advice: 'Remove "content".',
  },
  shadowed: {
    severity: 'warning',
    claim: 'No media type and no `default` response is hidden by the keys beside it.',
    source: `${OPENAPI}responses-object`,
    advice: 'Remove it, or the key that hides it.',
  },
  ignored: {
    severity: 'warning',
    claim:
      'No header is described that OpenAPI tells its readers to ignore: Accept, Content-Type and Authorization of requests, Content-Type of responses.',
    source: `${OPENAPI}parameter-object`,
    advice: 'Say it with "content" or "security".',
  },
} as const satisfies Record<string, DescriptionRule>;

/** The id of a rule: a key of the catalogue. */
export type RuleId = keyof typeof DESCRIPTION_RULES;
