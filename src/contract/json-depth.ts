import { eachToken } from './json-tokens.ts';

/** A JSON text with null in place of each array and object that is nested deeper than so many levels. */
export function cutDeep(text: string, levels: number): string {
  let depth = 0;
  let from = 0;
  let kept = '';
  eachToken(text, (char, start, end) => {
    if (char === '{' || char === '[') {
      kept += depth === levels ? `${text.slice(from, start)}null` : '';
      depth += 1;
    } else if (char === '}' || char === ']') {
      depth -= 1;
      from = depth === levels ? end : from;
    }
    return true;
  });
  return `${kept}${text.slice(from)}`;
}
