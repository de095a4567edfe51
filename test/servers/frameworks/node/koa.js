import Router from '@koa/router';
import Koa from 'koa';
import { FAULT, findJobs, jobList, MEDIA_TYPE, noSuchMetalake, PORT } from './jobs.js';

const router = new Router({ prefix: '/api' });

router.get('/metalakes/:metalake/jobs/runs', (context) => {
  const { metalake } = context.params;
  const jobs = findJobs(metalake, context.query.jobTemplateName);
  if (!jobs && FAULT === 'own-404') {
    return;
  }
  context.status = jobs ? 200 : 404;
  context.body = jobs ? jobList(jobs) : noSuchMetalake(metalake);
  context.type = MEDIA_TYPE;
});

new Koa().use(router.routes()).use(router.allowedMethods()).listen(PORT, '127.0.0.1');
