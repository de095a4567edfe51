import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument as parseYaml,
  type YAMLParseError,
  type Document as YamlDocument,
} from 'yaml';
import { KitError, type Location } from '../errors.ts';
import type { Json } from '../json.ts';
import { tokensOf } from './pointer.ts';

/** A parsed YAML 1.2 or JSON text that knows the line of every value. */
export interface SourceDocument {
  /** The file or URL, as it is shown to people. */
  readonly file: string;
  readonly value: Json;
  /** Where the value at a JSON pointer stands: the line of its key; of its nearest ancestor where it does not exist. */
  locate(pointer: string): Location;
}

/**
 * Parses YAML 1.2, of which JSON is a part.
 * @throws KitError DOCUMENT_SYNTAX with the line of each mistake, duplicate keys among them.
 */
export function parseDocument(text: string, file: string): SourceDocument {
  const lines = new LineCounter();
  const document = parseYaml(text, {
    lineCounter: lines,
    version: '1.2',
    prettyErrors: false,
    logLevel: 'error',
  });
  if (document.errors.length > 0) {
    throw new KitError(
      document.errors.map((error) => ({
        code: 'DOCUMENT_SYNTAX',
        facts: { reason: reasonOf(error) },
        where: { file, line: lines.linePos(error.pos[0]).line },
      })),
    );
  }
  return {
    file,
    value: toValue(document, file),
    locate: (pointer) => ({ file, line: lines.linePos(offsetOf(document, tokensOf(pointer))).line }),
  };
}

/** A document that was given as an object: it has no lines, so everything is at line 1 of `name`. */
export function documentOfValue(value: Json, name: string): SourceDocument {
  return { file: name, value, locate: () => ({ file: name, line: 1 }) };
}

function toValue(document: YamlDocument, file: string): Json {
  try {
    const value: Json = document.toJS();
    return value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw KitError.of('DOCUMENT_SYNTAX', { reason }, { file, line: 1 });
  }
}

function offsetOf(document: YamlDocument, tokens: readonly string[]): number {
  let offset = startOf(document.contents);
  let node: unknown = document.contents;
  for (const token of tokens) {
    const child = childOf(document, node, token);
    if (!child) {
      return offset;
    }
    offset = child.offset;
    node = child.node;
  }
  return offset;
}

function childOf(
  document: YamlDocument,
  parent: unknown,
  token: string,
): { offset: number; node: unknown } | undefined {
  const node = isAlias(parent) ? parent.resolve(document) : parent;
  if (isMap(node)) {
    const pair = node.items.find((item) => keyOf(item) === token);
    return pair && { offset: startOf(pair.key), node: pair.value };
  }
  if (isSeq(node)) {
    const item = node.items[Number(token)];
    return isNode(item) ? { offset: startOf(item), node: item } : undefined;
  }
  return undefined;
}

function keyOf(pair: Pair): string {
  return String(isScalar(pair.key) ? pair.key.value : pair.key);
}

function startOf(node: unknown): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0;
}

/** The parser's own words, but for those that speak of its functions. */
function reasonOf({ code, message }: YAMLParseError): string {
  const [line = message] = message.split('\n');
  return code === 'MULTIPLE_DOCS' ? 'there is a second document in the file' : line.replace(/[.:]$/, '');
}
