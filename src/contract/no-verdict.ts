import type { Description } from '../description/model.ts';
import { type Call, isSuccess } from './call.ts';
import { namesFor } from './plan/targets.ts';
import { isUnfiltered, nameIn, namingOption, subjectOf } from './subject.ts';

/** Why a run of requests allows no verdict, as a sentence; undefined where it does. `isDefault`: nobody named what exists. */
export function reasonForNoVerdict(
  calls: readonly Call[],
  description: Description,
  isDefault: boolean,
): string | undefined {
  if (calls.length === 0) {
    return 'No operation of the description can be asked with what is known. Give its parameters examples in the description.';
  }
  const denied = denialOf(calls);
  if (denied) {
    return `Every request was answered ${denied}. Give credentials with --header 'Authorization: …'.`;
  }
  const [first] = calls;
  if (isDefault && first && isUnfiltered(first) && isAbsent(first)) {
    const isExample = namesFor(first.operation, []).length > 0;
    const what = isExample
      ? `"${nameIn(first)}", the example of the description, does not exist there.`
      : 'It is not known what exists there.';
    return `${what} Name something that does with ${namingOption(description)}.`;
  }
  return undefined;
}

/** Why a run that found no error says nothing all the same; undefined where it does say something. */
export function reasonForSilence(calls: readonly Call[]): string | undefined {
  const answers = calls.filter((call) => isSuccess(call) && !call.beside);
  const isUnread = ({ exchange }: Call) => exchange.response?.bodyProblem?.kind === 'size';
  return answers.length > 0 && answers.every(isUnread)
    ? 'Every answer is larger than what is read here, so that nothing is known of its content. Judge a server with fewer data.'
    : undefined;
}

/** The status with which every call was denied, 401 or 403; undefined where one was not. */
export function denialOf(calls: readonly Call[]): number | undefined {
  return [401, 403].find((status) => calls.every((call) => call.status === status));
}

function isAbsent(call: Call): boolean {
  return call.status !== undefined && call.status === subjectOf(call.operation)?.identifies.absent;
}
