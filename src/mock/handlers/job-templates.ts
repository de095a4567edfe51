import type { JsonObject } from '../../json.ts';
import type {
  TemplateContent,
  TemplateRecord,
  TemplateRequest,
  TemplateUpdate,
} from '../../world/state/model.ts';
import { type Handler, type HandlerAnswer, shown } from './handler.ts';
import { objectAt, objectsAt, optionalTextAt, textAt, textMapAt, textsAt } from './sent.ts';
import { isTrue } from './truth.ts';

/** `GET /metalakes/{metalake}/jobs/templates`: names or, with `details`, templates. */
const listJobTemplates: Handler = {
  operationId: 'listJobTemplates',
  answer({ state, parameters, call }) {
    const details = isTrue(parameters.query('details'));
    return shown(state.listTemplates(parameters.path('metalake'), call), (templates) => ({
      content: details
        ? { code: 0, jobTemplates: templates }
        : { code: 0, names: templates.map(({ name }) => name) },
      why: templates.length === 1 ? '1 job template' : `${templates.length} job templates`,
    }));
  },
};

/** `POST /metalakes/{metalake}/jobs/templates` */
const registerJobTemplate: Handler = {
  operationId: 'registerJobTemplate',
  answer({ state, parameters, body, call }) {
    const asked = templateIn(objectAt(body, 'jobTemplate'));
    return shown(state.registerTemplate(parameters.path('metalake'), asked, call), ({ name }) => ({
      content: { code: 0 },
      why: `job template "${name}" was registered`,
    }));
  },
};

/** `GET /metalakes/{metalake}/jobs/templates/{jobTemplate}` */
const getJobTemplate: Handler = {
  operationId: 'getJobTemplate',
  answer({ state, parameters, call }) {
    const template = state.getTemplate(parameters.path('metalake'), parameters.path('jobTemplate'), call);
    return shown(template, answerWith);
  },
};

/** `PUT /metalakes/{metalake}/jobs/templates/{jobTemplate}` */
const updateJobTemplate: Handler = {
  operationId: 'updateJobTemplate',
  answer({ state, parameters, body, call }) {
    const [metalake, template] = [parameters.path('metalake'), parameters.path('jobTemplate')];
    return shown(state.alterTemplate(metalake, template, updatesIn(body), call), answerWith);
  },
};

/** `DELETE /metalakes/{metalake}/jobs/templates/{jobTemplate}` */
const deleteJobTemplate: Handler = {
  operationId: 'deleteJobTemplate',
  answer({ state, parameters, call }) {
    const [metalake, template] = [parameters.path('metalake'), parameters.path('jobTemplate')];
    return shown(state.deleteTemplate(metalake, template, call), (dropped) => ({
      content: { code: 0, dropped },
      why: dropped ? `job template "${template}" was deleted` : 'nothing to delete',
    }));
  },
};

export const JOB_TEMPLATES: readonly Handler[] = [
  listJobTemplates,
  registerJobTemplate,
  getJobTemplate,
  updateJobTemplate,
  deleteJobTemplate,
];

function answerWith(template: TemplateRecord): HandlerAnswer {
  return { content: { code: 0, jobTemplate: template }, why: `job template "${template.name}"` };
}

function templateIn(sent: JsonObject): TemplateRequest {
  const common = {
    name: textAt(sent, 'name'),
    comment: optionalTextAt(sent, 'comment'),
    executable: textAt(sent, 'executable'),
    arguments: textsAt(sent, 'arguments'),
    environments: textMapAt(sent, 'environments'),
    customFields: textMapAt(sent, 'customFields'),
  };
  return sent['jobType'] === 'spark'
    ? {
        jobType: 'spark',
        ...common,
        className: optionalTextAt(sent, 'className'),
        jars: textsAt(sent, 'jars'),
        files: textsAt(sent, 'files'),
        archives: textsAt(sent, 'archives'),
        configs: textMapAt(sent, 'configs'),
      }
    : { jobType: 'shell', ...common, scripts: textsAt(sent, 'scripts') };
}

function updatesIn(body: JsonObject): readonly TemplateUpdate[] {
  return objectsAt(body, 'updates').flatMap((update): TemplateUpdate[] => {
    switch (update['@type']) {
      case 'rename':
        return [{ '@type': 'rename', newName: textAt(update, 'newName') }];
      case 'updateComment':
        return [{ '@type': 'updateComment', newComment: optionalTextAt(update, 'newComment') }];
      case 'updateTemplate':
        return [{ '@type': 'updateTemplate', newTemplate: contentIn(objectAt(update, 'newTemplate')) }];
      default:
        return [];
    }
  });
}

function contentIn(sent: JsonObject): TemplateContent {
  const common = {
    newExecutable: optionalTextAt(sent, 'newExecutable'),
    newArguments: textsAt(sent, 'newArguments'),
    newEnvironments: textMapAt(sent, 'newEnvironments'),
    newCustomFields: textMapAt(sent, 'newCustomFields'),
  };
  return sent['@type'] === 'spark'
    ? {
        '@type': 'spark',
        ...common,
        newClassName: optionalTextAt(sent, 'newClassName'),
        newJars: textsAt(sent, 'newJars'),
        newFiles: textsAt(sent, 'newFiles'),
        newArchives: textsAt(sent, 'newArchives'),
        newConfigs: textMapAt(sent, 'newConfigs'),
      }
    : { '@type': 'shell', ...common, newScripts: textsAt(sent, 'newScripts') };
}
