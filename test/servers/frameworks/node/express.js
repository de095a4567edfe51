import express from 'express';
import { FAULT, findJobs, jobList, MEDIA_TYPE, noSuchMetalake, PORT } from './jobs.js';

const app = express();

app.get('/api/metalakes/:metalake/jobs/runs', (request, response, next) => {
  const { metalake } = request.params;
  const jobs = findJobs(metalake, request.query.jobTemplateName);
  if (jobs) {
    response.type(MEDIA_TYPE).json(jobList(jobs));
  } else if (FAULT === 'own-404') {
    next();
  } else {
    response.status(404).type(MEDIA_TYPE).json(noSuchMetalake(metalake));
  }
});

app.listen(PORT, '127.0.0.1');
