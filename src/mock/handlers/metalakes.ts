import type { JsonObject } from '../../json.ts';
import { hashed } from '../../world/state/java-map.ts';
import type { MetalakeRecord, MetalakeUpdate } from '../../world/state/model.ts';
import { type Handler, type HandlerAnswer, shown } from './handler.ts';
import { objectsAt, optionalTextAt, textAt, textMapAt } from './sent.ts';
import { isTrue } from './truth.ts';

/** `GET /metalakes` */
const listMetalakes: Handler = {
  operationId: 'listMetalakes',
  answer({ state }) {
    const metalakes = state.listMetalakes();
    return {
      content: { code: 0, metalakes: metalakes.map(withInUse) },
      why: metalakes.length === 1 ? '1 metalake' : `${metalakes.length} metalakes`,
    };
  },
};

/** `POST /metalakes` */
const createMetalake: Handler = {
  operationId: 'createMetalake',
  answer({ state, body, call }) {
    const asked = {
      name: textAt(body, 'name'),
      comment: optionalTextAt(body, 'comment'),
      properties: textMapAt(body, 'properties'),
    };
    return shown(state.createMetalake(asked, call), answerWith);
  },
};

/** `GET /metalakes/{name}` */
const loadMetalake: Handler = {
  operationId: 'loadMetalake',
  answer({ state, parameters, call }) {
    return shown(state.getMetalake(parameters.path('name'), call), (metalake) => ({
      content: { code: 0, metalake: withInUse(metalake) },
      why: `metalake "${metalake.name}"`,
    }));
  },
};

/** `PUT /metalakes/{name}` */
const alterMetalake: Handler = {
  operationId: 'alterMetalake',
  answer({ state, parameters, body, call }) {
    return shown(state.alterMetalake(parameters.path('name'), updatesIn(body), call), answerWith);
  },
};

/** `PATCH /metalakes/{name}`: enables or disables. */
const setMetalake: Handler = {
  operationId: 'setMetalake',
  answer({ state, parameters, body, call }) {
    const inUse = isTrue(textAt(body, 'inUse'));
    return shown(state.setInUse(parameters.path('name'), inUse, call), ({ name }) => ({
      content: { code: 0 },
      why: `metalake "${name}" is ${inUse ? 'in use' : 'disabled'}`,
    }));
  },
};

/** `DELETE /metalakes/{name}` */
const dropMetalake: Handler = {
  operationId: 'dropMetalake',
  answer({ state, parameters, call }) {
    const name = parameters.path('name');
    const force = isTrue(parameters.query('force'));
    return shown(state.dropMetalake(name, force, call), (dropped) => ({
      content: { code: 0, dropped },
      why: dropped ? `metalake "${name}" was dropped` : 'nothing to drop',
    }));
  },
};

export const METALAKES: readonly Handler[] = [
  listMetalakes,
  createMetalake,
  loadMetalake,
  alterMetalake,
  setMetalake,
  dropMetalake,
];

/** What was created or altered; as on the server it says whether it is in use only where that was changed before. */
function answerWith(metalake: MetalakeRecord): HandlerAnswer {
  return { content: { code: 0, metalake: inOrder(metalake) }, why: `metalake "${metalake.name}"` };
}

/** A metalake as reads show it: whether it is in use stands among its properties. */
function withInUse(metalake: MetalakeRecord): object {
  const inUse = String(metalake.inUse);
  const properties = hashed(metalake.properties ?? {}, (map) => map.put('in-use', inUse));
  return inOrder({ ...metalake, properties });
}

function inOrder({ name, comment, properties, audit }: MetalakeRecord): object {
  return { name, ...(comment !== undefined && { comment }), ...(properties && { properties }), audit };
}

function updatesIn(body: JsonObject): readonly MetalakeUpdate[] {
  return objectsAt(body, 'updates').flatMap((update): MetalakeUpdate[] => {
    const property = textAt(update, 'property');
    switch (update['@type']) {
      case 'rename':
        return [{ '@type': 'rename', newName: textAt(update, 'newName') }];
      case 'updateComment':
        return [{ '@type': 'updateComment', newComment: optionalTextAt(update, 'newComment') }];
      case 'setProperty':
        return [{ '@type': 'setProperty', property, value: textAt(update, 'value') }];
      case 'removeProperty':
        return [{ '@type': 'removeProperty', property }];
      default:
        return [];
    }
  });
}
