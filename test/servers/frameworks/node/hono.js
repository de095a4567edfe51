import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { FAULT, findJobs, jobList, MEDIA_TYPE, noSuchMetalake, PORT } from './jobs.js';

const app = new Hono();

app.get('/api/metalakes/:metalake/jobs/runs', (context) => {
  const { metalake } = context.req.param();
  const jobs = findJobs(metalake, context.req.query('jobTemplateName'));
  if (!jobs && FAULT === 'own-404') {
    return context.notFound();
  }
  const headers = { 'Content-Type': MEDIA_TYPE };
  return jobs
    ? context.json(jobList(jobs), 200, headers)
    : context.json(noSuchMetalake(metalake), 404, headers);
});

serve({ fetch: app.fetch, port: PORT, hostname: '127.0.0.1' });
