import Fastify from 'fastify';
import { FAULT, findJobs, jobList, MEDIA_TYPE, noSuchMetalake, PORT } from './jobs.js';

const app = Fastify();

app.get('/api/metalakes/:metalake/jobs/runs', async (request, reply) => {
  const { metalake } = request.params;
  const jobs = findJobs(metalake, request.query.jobTemplateName);
  if (!jobs && FAULT === 'own-404') {
    return reply.callNotFound();
  }
  reply.code(jobs ? 200 : 404).type(MEDIA_TYPE);
  return jobs ? jobList(jobs) : noSuchMetalake(metalake);
});

await app.listen({ port: PORT, host: '127.0.0.1' });
