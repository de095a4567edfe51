import { meantBy } from '../../description/lookup.ts';
import { type Call, isSuccess, valuesOf } from '../call.ts';
import { keysIn } from '../set-up/answers.ts';
import { judgeEach, type Rule, type Violation } from './rule.ts';

export const askedThing: Rule = {
  id: 'asked-thing',
  claim: 'An answer about one thing is about the one that was asked for.',
  severity: 'error',
  basis: 'x-reads of the operation',
  fix: 'Compare the whole key: what only looks like one names nothing.',
  message: '{operation} answers with {actual} where {expected} was asked for',
  judge: ({ calls }) => judgeEach(calls.filter(isRead), judgeRead),
};

function isRead(call: Call): boolean {
  return (
    isSuccess(call) && call.plain && !call.beside && call.operation.acts.some(({ kind }) => kind === 'reads')
  );
}

function judgeRead(call: Call): Violation | undefined {
  const act = call.operation.acts.find(({ kind }) => kind === 'reads');
  const parameter = call.operation.parameters.find(
    ({ in: place, thing }) => place === 'path' && thing === act?.thing,
  );
  const [asked] = parameter ? valuesOf(call, parameter) : [];
  const [match] = act ? keysIn(call, act.response) : [];
  if (!parameter || asked === undefined || match === undefined) {
    return undefined;
  }
  if (String(match.value) === meantBy(asked, parameter)) {
    return undefined;
  }
  const { pointer, value } = match;
  const facts = { expected: JSON.stringify(asked), actual: JSON.stringify(value) };
  return { call, kind: 'other', pointer, ...facts, ...(act && { source: act.where }) };
}
