import type { JsonObject } from '../../../src/json.ts';
import { serve } from '../../servers/listen.ts';

const json = (schema: JsonObject) => ({ content: { 'application/json': { schema } } });
const thing = { $ref: '#/components/schemas/Thing' };
const shown = { description: 'One', ...json(thing) };
const none = { description: 'None', ...json({ $ref: '#/components/schemas/Problem' }) };
const parameter = (name: string, kind: string) => ({
  name,
  in: 'path',
  required: true,
  schema: { type: 'string' },
  'x-thing': kind,
  'x-identifies': { absent: 410 },
});
const [box, toy] = [parameter('box', 'box'), parameter('toy', 'toy')];

/** What can be done with a kind of thing that has a label. */
function pathsFor(kind: string, path: string, parents: readonly JsonObject[], own: JsonObject): JsonObject {
  return {
    [path]: {
      get: {
        operationId: `all-${kind}`,
        parameters: parents,
        responses: { 200: { description: 'All', ...json({ type: 'array', items: thing }) }, 410: none },
        'x-lists': { thing: kind, response: ['/*/label'] },
      },
      post: {
        operationId: `make-${kind}`,
        parameters: parents,
        requestBody: { required: true, ...json(thing) },
        responses: { 200: shown, 410: none },
        'x-creates': { thing: kind, request: '/label', response: '/label' },
      },
    },
    [`${path}/{${kind}}`]: {
      get: {
        operationId: `one-${kind}`,
        parameters: [...parents, own],
        responses: { 200: shown, 410: none },
        'x-reads': { thing: kind, response: '/label' },
      },
      delete: {
        operationId: `drop-${kind}`,
        parameters: [...parents, own],
        responses: { 204: { description: 'Gone' }, 410: none },
        'x-removes': { thing: kind },
      },
    },
  };
}

/** Boxes with toys: no word of it is the shipped description's, and no body has an example. */
export const TOYS: JsonObject = {
  openapi: '3.0.3',
  info: { title: 'Toys', version: '1' },
  paths: {
    ...pathsFor('box', '/boxes', [], box),
    ...pathsFor('toy', '/boxes/{box}/toys', [box], toy),
  },
  components: {
    schemas: {
      Thing: {
        type: 'object',
        required: ['label', 'size'],
        properties: { label: { type: 'string', 'x-key': true }, size: { type: 'integer', minimum: 1 } },
      },
      Problem: { type: 'object', required: ['what'], properties: { what: { type: 'string' } } },
    },
  },
};

interface Thing {
  readonly label: string;
  readonly size: number;
}

/** The bodies that were taken, and the paths of what is there. */
export interface Seen {
  readonly bodies: readonly Thing[];
  readonly there: () => readonly string[];
}

async function textOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
  }
  return text;
}

/** Answers to requests by what is there, by path: `/boxes/a`, `/boxes/a/toys/b`. */
class Toybox {
  readonly things = new Map<string, Thing>();
  readonly bodies: Thing[] = [];

  answer(method: string, path: string, text: string): readonly [status: number, body?: object] {
    const isOne = path.split('/').length % 2 === 1;
    const owner = isOne ? path : path.split('/').slice(0, 3).join('/');
    if (!/^\/boxes(\/[^/]+(\/toys(\/[^/]+)?)?)?$/.test(path)) {
      return [404];
    }
    if (path !== '/boxes' && !this.things.has(owner)) {
      return [410, { what: 'There is none' }];
    }
    return method === 'DELETE'
      ? this.#drop(path)
      : method === 'POST'
        ? this.#make(path, text)
        : this.#show(path, isOne);
  }

  #drop(path: string): readonly [number] {
    for (const each of [path, ...this.#below(path)]) {
      this.things.delete(each);
    }
    return [204];
  }

  #make(path: string, text: string): readonly [number, object] {
    const thing: Thing = JSON.parse(text);
    this.bodies.push(thing);
    this.things.set(`${path}/${thing.label}`, thing);
    return [200, thing];
  }

  #show(path: string, isOne: boolean): readonly [number, object] {
    const own = this.#below(path).filter((each) => !each.slice(path.length + 1).includes('/'));
    return [200, (isOne && this.things.get(path)) || own.map((each) => this.things.get(each))];
  }

  #below(path: string): readonly string[] {
    return [...this.things.keys()].filter((each) => each.startsWith(`${path}/`));
  }
}

/** A server of boxes with toys; gives its URL and what it has seen. */
export async function serveToys(): Promise<Seen & { readonly url: string }> {
  const toybox = new Toybox();
  const url = await serve(async (request, response) => {
    const { method = 'GET', url: target = '' } = request;
    const [status, body] = toybox.answer(method, target.split('?')[0] ?? '', await textOf(request));
    response
      .writeHead(status, body ? { 'Content-Type': 'application/json' } : {})
      .end(method === 'HEAD' ? undefined : body && JSON.stringify(body));
  });
  return { url, bodies: toybox.bodies, there: () => [...toybox.things.keys()] };
}
