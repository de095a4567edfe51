import type { Audit, JobTemplate } from '../model.ts';
import type { ShellContent, SparkContent, TemplateRecord, TemplateRequest, TemplateUpdate } from './model.ts';

/** Fills a template up; its properties in the order in which the server writes them. */
export function templateRecord(asked: TemplateRequest, audit: Audit): TemplateRecord {
  const common = {
    name: asked.name,
    ...comment(asked.comment),
    executable: asked.executable,
    arguments: asked.arguments ?? [],
    environments: asked.environments ?? {},
    customFields: asked.customFields ?? {},
    audit,
  };
  if (asked.jobType === 'shell') {
    return { jobType: 'shell', ...common, scripts: asked.scripts ?? [] };
  }
  const { className, jars, files, archives, configs } = asked;
  return {
    jobType: 'spark',
    ...common,
    ...(typeof className === 'string' && { className }),
    jars: jars ?? [],
    files: files ?? [],
    archives: archives ?? [],
    configs: configs ?? {},
  };
}

/** The comment of something that has one. */
export function comment(text: string | null | undefined): { readonly comment?: string } {
  return typeof text === 'string' ? { comment: text } : {};
}

/** The kind of template for which one of the updates is, where that is not this one's. */
export function wrongType(
  { jobType }: TemplateRecord,
  updates: readonly TemplateUpdate[],
): JobTemplate['jobType'] | undefined {
  const types = updates.flatMap((update) =>
    update['@type'] === 'updateTemplate' ? [update.newTemplate['@type']] : [],
  );
  return types.find((type) => type !== jobType);
}

/** The template after its updates, which are for its type. */
export function updatedTemplate(
  template: TemplateRecord,
  updates: readonly TemplateUpdate[],
  audit: Audit,
): TemplateRecord {
  return templateRecord(updates.reduce<TemplateRequest>(updated, template), audit);
}

function updated(template: TemplateRequest, update: TemplateUpdate): TemplateRequest {
  switch (update['@type']) {
    case 'rename':
      return { ...template, name: update.newName };
    case 'updateComment':
      return { ...template, comment: update.newComment ?? null };
    case 'updateTemplate':
      return withContent(template, update.newTemplate);
  }
}

function withContent(template: TemplateRequest, content: ShellContent | SparkContent): TemplateRequest {
  const common = {
    executable: content.newExecutable ?? template.executable,
    arguments: content.newArguments ?? template.arguments ?? [],
    environments: content.newEnvironments ?? template.environments ?? {},
    customFields: content.newCustomFields ?? template.customFields ?? {},
  };
  if (template.jobType === 'shell' && content['@type'] === 'shell') {
    return { ...template, ...common, scripts: content.newScripts ?? template.scripts ?? [] };
  }
  if (template.jobType === 'spark' && content['@type'] === 'spark') {
    return {
      ...template,
      ...common,
      className: content.newClassName ?? template.className ?? null,
      jars: content.newJars ?? template.jars ?? [],
      files: content.newFiles ?? template.files ?? [],
      archives: content.newArchives ?? template.archives ?? [],
      configs: content.newConfigs ?? template.configs ?? {},
    };
  }
  return template;
}
