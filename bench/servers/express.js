import { createServer } from 'node:http';
import express from 'express';
import { BODY, listen, MEDIA_TYPE } from './constant.js';

const application = express();
application.get('/metalakes/:metalake/jobs/runs', (_request, response) => {
  response.type(MEDIA_TYPE).send(BODY);
});

listen(createServer(application));
