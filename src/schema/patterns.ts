/**
 * The regular expression of a `pattern`: with Unicode characters where it can be read so (JSON Schema 2020-12 section
 * 6.4), else as OpenAPI 3.0 has it (ECMA-262 5.1), which knows escapes such as `\:`.
 * @throws SyntaxError where it is neither
 */
export function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    return new RegExp(pattern);
  }
}
