import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import type { Parameters, Refused } from '../handlers/handler.ts';
import { isBlank } from './blank.ts';
import type { Demand, JavaType, JavaTypes, OperationHabits } from './habits.ts';

/**
 * Everything for which a request is refused by itself, in the order in which the server looks: that there is a body, what
 * the body says, what the path names; `order` is that of all refusals.
 */
export function unmet(
  { demands = [], reads }: OperationHabits,
  types: JavaTypes,
  parameters: Parameters,
  body: JsonObject | undefined,
  order: readonly string[],
): readonly Refused[] {
  const of = (isOfPath: boolean) =>
    demands
      .filter(({ path }) => (path !== undefined) === isOfPath)
      .flatMap((demand) => refusalOf(demand, isOfPath ? parameters.path(demand.path ?? '') : body));
  const ofBody = [...of(false), ...(reads === undefined ? [] : unmetBy(body, reads, types))];
  const [ofPath] = of(true);
  // Names in the path are looked at when the body was found to be sound, and before what it asks for is.
  const isEarlier = ({ refusal }: Refused) =>
    ofPath && order.indexOf(refusal) < order.indexOf(ofPath.refusal);
  const earlier = ofBody.filter(isEarlier);
  return [...earlier, ...(ofPath ? [ofPath] : []), ...ofBody.filter((each) => !earlier.includes(each))];
}

function unmetBy(value: Json | undefined, name: string, types: JavaTypes): readonly Refused[] {
  const type = types[name];
  if (!isObject(value) || !type) {
    return [];
  }
  const { demands = [], properties = {} } = typeOf(value, type, types);
  const own = demands.flatMap((demand) => refusalOf(demand, value[demand.property ?? '']));
  const inside = Object.entries(properties).flatMap(([property, form]) => {
    const within = value[property];
    const items = isArray(within) ? within : [within];
    return items.flatMap((item) => unmetBy(item, form.replace(/^\[|\]$/g, ''), types));
  });
  return [...own, ...inside];
}

function typeOf(value: JsonObject, type: JavaType, types: JavaTypes): JavaType {
  const { by, types: names = {} } = type;
  return by === undefined ? type : (types[names[String(value[by])] ?? ''] ?? type);
}

function refusalOf(demand: Demand, value: Json | undefined): readonly Refused[] {
  const key = breaks(demand, value);
  if (key === undefined) {
    return [];
  }
  const text = typeof value === 'string' ? value : '';
  const known: Readonly<Record<string, string>> = { value: text, length: String(text.length), key };
  const reason = demand.reason.replace(/\{(\w+)\}/g, (whole, fact: string) => known[fact] ?? whole);
  return [{ refusal: demand.refusal, facts: { reason } }];
}

/** Undefined where a value does what is demanded; else the key that does not, or an empty text for the value as a whole. */
function breaks(demand: Demand, value: Json | undefined): string | undefined {
  if (value === undefined || value === null) {
    return demand.absent || demand.blank ? '' : undefined;
  }
  if (typeof value === 'string') {
    return isBadText(demand, value) ? '' : undefined;
  }
  if (isArray(value)) {
    const index = demand.holdsNull ? value.indexOf(null) : -1;
    return index < 0 ? undefined : String(index);
  }
  return isObject(value) ? badKey(demand, value) : undefined;
}

function isBadText({ blank, like, unlike }: Demand, text: string): boolean {
  const isLike = like !== undefined && new RegExp(like, 's').test(text);
  const isUnlike = unlike !== undefined && !new RegExp(unlike, 's').test(text);
  return isLike || isUnlike || (blank === true && isBlank(text));
}

function badKey({ holds, holdsNull }: Demand, value: JsonObject): string | undefined {
  return Object.keys(value).find((key) => key === holds || (holdsNull && value[key] === null));
}
