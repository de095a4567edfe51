import { hashed } from './java-map.ts';
import { modifiedAudit, SERVER } from './jobs.ts';
import { StoredMetalake } from './metalake.ts';
import type { Call, MetalakeRecord, MetalakeRequest, MetalakeUpdate, Outcome } from './model.ts';
import { done, mayRefuse, refused } from './outcome.ts';
import type { Store } from './store.ts';
import { comment } from './template.ts';

/** Metalakes: `State` says what each operation does. */
export function createMetalake(store: Store, asked: MetalakeRequest, call: Call): Outcome<MetalakeRecord> {
  const { name, properties } = asked;
  if (store.metalakes.has(name)) {
    return refused('metalake-exists', { metalake: name, name });
  }
  const record = {
    name,
    ...comment(asked.comment),
    ...(properties && { properties }),
    inUse: true,
    audit: store.created(call),
  };
  store.changes += 1;
  store.metalakes.put(new StoredMetalake({ record, templates: [], jobs: [] }));
  return done(record);
}

export function getMetalake(store: Store, name: string): Outcome<MetalakeRecord> {
  const found = store.metalakes.find(name);
  return found ? done({ ...found.record, name }) : refused('absent-metalake', { metalake: name });
}

export function alterMetalake(
  store: Store,
  name: string,
  updates: readonly MetalakeUpdate[],
  call: Call,
): Outcome<MetalakeRecord> {
  const entered = store.enter(name, call, { metalake: name });
  if (entered.refusal) {
    return entered;
  }
  const renamed = updates.flatMap((update) => (update['@type'] === 'rename' ? [update.newName] : []));
  // Only the last name counts.
  const taken = renamed.at(-1);
  if (taken !== undefined && taken !== name && store.metalakes.has(taken)) {
    return refused('metalake-exists', { metalake: name, name: taken });
  }
  const metalake = store.change(name, entered.value);
  const properties = hashed(metalake.record.properties ?? {}, (map) => {
    for (const update of updates) {
      if (update['@type'] === 'setProperty') {
        map.put(update.property, update.value);
      } else if (update['@type'] === 'removeProperty') {
        map.remove(update.property);
      }
    }
  });
  metalake.record = modified(store, updates.reduce(updated, { ...metalake.record, properties }), call);
  if (metalake.record.name !== name) {
    store.metalakes.remove(name);
    store.metalakes.put(metalake);
  }
  return done(metalake.record);
}

export function setInUse(store: Store, name: string, inUse: boolean, call: Call): Outcome<MetalakeRecord> {
  // Settles the jobs: while the metalake is disabled nobody looks at them.
  const entered = store.enter(name, { ...call, refuses: [] }, { metalake: name });
  if (entered.refusal || entered.value.record.inUse === inUse) {
    return getMetalake(store, name);
  }
  const metalake = store.change(name, entered.value);
  const properties = hashed(metalake.record.properties ?? {}, (map) => map.put('in-use', String(inUse)));
  metalake.record = modified(store, { ...metalake.record, inUse, properties }, call);
  if (inUse) {
    metalake.enabledAt = store.now + 1;
  }
  return done(metalake.record);
}

export function dropMetalake(store: Store, name: string, force: boolean, call: Call): Outcome<boolean> {
  const found = store.metalakes.find(name);
  if (!found) {
    return mayRefuse(call, 'absent-metalake') ? refused('absent-metalake', { metalake: name }) : done(false);
  }
  if (found.record.inUse && !force && mayRefuse(call, 'metalake-in-use')) {
    return refused('metalake-in-use', { metalake: name });
  }
  for (const { plan } of found.jobs()) {
    if (plan) {
      store.executor.cancel(plan);
    }
  }
  store.changes += 1;
  store.metalakes.remove(name);
  return done(true);
}

function modified(store: Store, record: MetalakeRecord, { by = SERVER }: Call): MetalakeRecord {
  return { ...record, audit: modifiedAudit(record.audit, by, store.time) };
}

/** Without what becomes of its properties. */
function updated(metalake: MetalakeRecord, update: MetalakeUpdate): MetalakeRecord {
  const { comment: _, ...uncommented } = metalake;
  switch (update['@type']) {
    case 'rename':
      return { ...metalake, name: update.newName };
    case 'updateComment':
      return { ...uncommented, ...comment(update.newComment) };
    default:
      return metalake;
  }
}
