import { isSuccess } from '../call.ts';
import { requestFaultOf } from '../request-fault.ts';
import { judgeEach, type Rule } from './rule.ts';
import { statusLine } from './status.ts';

export const invalidRequest: Rule = {
  id: 'invalid-request',
  claim: 'A request is refused whose parameters or body are not valid by the description.',
  severity: 'warning',
  basis: 'the schemas of the parameters and of the request body',
  fix: 'Refuse the request, or describe that it is allowed: clients made from the description cannot send it.',
  message: '{operation} takes what the description forbids: {actual}',
  judge: ({ calls, kind: evidence }) => {
    const faulty = calls.flatMap((call) => {
      // A run sends odd values in the query by the dozen, to see that nothing breaks; who forgives them does no harm.
      const isAsked = evidence === 'recorded' || call.exchange.request.body !== undefined;
      const fault = call.beside || !isAsked ? undefined : requestFaultOf(call.exchange.request, call);
      return fault && fault.kind !== 'unknown' && call.status !== undefined ? [[call, fault] as const] : [];
    });
    const faults = new Map(faulty);
    return judgeEach([...faults.keys()], (call) => {
      const { kind = '', detail = '' } = faults.get(call) ?? {};
      const { requestBody, where } = call.operation;
      const facts = { call, kind, expected: 'a refusal', actual: `${detail}, answered ${statusLine(call)}` };
      return isSuccess(call) ? { ...facts, source: requestBody?.where ?? where } : undefined;
    });
  },
};
