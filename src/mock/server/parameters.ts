import { meantBy } from '../../description/lookup.ts';
import type { Operation } from '../../description/model.ts';
import type { Parameters } from '../handlers/handler.ts';
import { decode } from './resources.ts';

/** The parameters of a request: names of its path, decoded already, and its query. */
export function parametersOf(names: Readonly<Record<string, string>>, query: string): Parameters {
  return { path: (name) => names[name] ?? '', query: (name) => queryValue(query, name) };
}

/** Parameters as an operation understands them. */
export function understood({ parameters }: Operation, sent: Parameters): Parameters {
  return {
    ...sent,
    path(name) {
      const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
      const value = sent.path(name);
      return parameter ? meantBy(value, parameter) : value;
    },
  };
}

/** The first value of a query parameter; one without `=` is empty. What is no percent-encoding stands for itself. */
function queryValue(query: string, name: string): string | undefined {
  const pairs = query.split('&').map((pair) => pair.split(/=(.*)/s, 2));
  const found = pairs.find(([each = '']) => formDecode(each) === name);
  return found && formDecode(found[1] ?? '');
}

function formDecode(text: string): string {
  return decode(text.replaceAll('+', ' '));
}
