import type { Finding, Report } from '../contract/verdict.ts';
import { withAnyIndex } from '../documents/pointer.ts';
import { jsonText, printable } from './printable.ts';

const HEADING = `# yaml-language-server: $schema=./node_modules/gravitino-jobs-kit/spec/waivers.schema.json
# Findings that are known. Say of each why it is put up with, or delete it and have it mended; a draft without reasons is
# refused. Leave a value out where it changes from run to run. docs/waivers.md is the guide.
`;

/** More values than these are likely to be others at the next run. */
const VALUES = 3;

/** A ledger, as YAML, of what a report finds and no waiver covers; the reasons are left to be filled in. */
export function draftWaivers({ findings }: Report): string {
  // What is about no operation is the end of a waiver, and not to be waived in turn.
  const drafts = findings.filter(({ operation }) => operation !== undefined).map(draftOf);
  return `${HEADING}waivers:${drafts.length === 0 ? ' []\n' : `\n${[...new Set(drafts)].join('\n')}`}`;
}

/** A text in JSON is one in YAML, too. */
function draftOf({ severity, check, operation, message, pointer, values = [] }: Finding): string {
  const shown = values.length === 1 ? values[0] : values;
  const lines = [
    `  # ${severity}: ${printable(message)}`,
    `  - rule: ${check}`,
    operation && `    operation: ${jsonText(operation.id)}`,
    pointer !== undefined && `    pointer: ${jsonText(withAnyIndex(pointer))}`,
    values.length > 0 && values.length <= VALUES && `    value: ${jsonText(shown)}`,
    '    reason: ""',
    '    # link: https://…',
    '    # expires: 2027-01-31',
  ];
  return lines
    .filter((line) => line)
    .map((line) => `${line}\n`)
    .join('');
}
