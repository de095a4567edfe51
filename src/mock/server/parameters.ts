import type { Parameters } from '../handlers/handler.ts';
import type { OperationHabits } from './habits.ts';
import { decode } from './resources.ts';

/** The parameters of a request: names of its path, decoded already, and its query. */
export function parametersOf(names: Readonly<Record<string, string>>, query: string): Parameters {
  return { path: (name) => names[name] ?? '', query: (name) => queryValue(query, name) };
}

/** Parameters as an operation understands them. */
export function understood({ understands = [] }: OperationHabits, sent: Parameters): Parameters {
  return {
    ...sent,
    path(name) {
      const rule = understands.find((each) => each.path === name);
      const value = sent.path(name);
      return rule ? value.replace(new RegExp(rule.like, 's'), rule.as) : value;
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
