import { modifiedAudit, SERVER } from './jobs.ts';
import type { Call, Outcome, TemplateRecord, TemplateRequest, TemplateUpdate } from './model.ts';
import { done, mayRefuse, refused } from './outcome.ts';
import type { Store } from './store.ts';
import { templateRecord, updatedTemplate, wrongType } from './template.ts';

/** Templates: `State` says what each operation does. */
export function listTemplates(store: Store, name: string, call: Call): Outcome<readonly TemplateRecord[]> {
  const entered = store.enter(name, call, { metalake: name });
  return entered.refusal ? entered : done([...entered.value.templates.values()].sort(byName));
}

export function registerTemplate(
  store: Store,
  name: string,
  asked: TemplateRequest,
  call: Call,
): Outcome<TemplateRecord> {
  const facts = { metalake: name, template: asked.name };
  const entered = store.enter(name, call, facts);
  if (entered.refusal) {
    return entered;
  }
  if (entered.value.templates.has(asked.name)) {
    return refused('template-exists', { ...facts, name: asked.name });
  }
  const record = templateRecord(asked, store.created(call));
  store.change(name, entered.value).templates.set(record.name, record);
  return done(record);
}

export function getTemplate(
  store: Store,
  name: string,
  template: string,
  call: Call,
): Outcome<TemplateRecord> {
  const facts = { metalake: name, template };
  const entered = store.enter(name, call, facts);
  if (entered.refusal) {
    return entered;
  }
  const record = entered.value.templates.get(template);
  return record ? done(record) : refused('absent-template', facts);
}

export function alterTemplate(
  store: Store,
  name: string,
  template: string,
  updates: readonly TemplateUpdate[],
  call: Call,
): Outcome<TemplateRecord> {
  const facts = { metalake: name, template };
  const entered = store.enter(name, call, facts);
  if (entered.refusal) {
    return entered;
  }
  const { templates } = entered.value;
  const old = templates.get(template);
  if (!old) {
    return refused('absent-template', facts);
  }
  const type = wrongType(old, updates);
  if (type) {
    return refused('wrong-template-type', { ...facts, type });
  }
  const renamed = updates.flatMap((update) => (update['@type'] === 'rename' ? [update.newName] : []));
  const taken = renamed.find((other) => other !== template && templates.has(other));
  if (taken !== undefined) {
    return refused('template-exists', { ...facts, name: taken });
  }
  const audit = modifiedAudit(old.audit, call.by ?? SERVER, store.time);
  const record = updatedTemplate(old, updates, audit);
  store.change(name, entered.value).replaceTemplate(old, record);
  return done(record);
}

export function deleteTemplate(store: Store, name: string, template: string, call: Call): Outcome<boolean> {
  const facts = { metalake: name, template };
  const entered = store.enter(name, call, facts);
  if (entered.refusal) {
    return entered;
  }
  if (!entered.value.templates.has(template)) {
    return mayRefuse(call, 'absent-template') ? refused('absent-template', facts) : done(false);
  }
  if (mayRefuse(call, 'template-in-use') && entered.value.hasActive(template)) {
    return refused('template-in-use', facts);
  }
  store.change(name, entered.value).deleteTemplate(template);
  return done(true);
}

/** By code units, which is the order of the server's database, too. */
function byName(a: TemplateRecord, b: TemplateRecord): number {
  return a.name < b.name ? -1 : 1;
}
