import { createServer } from 'node:http';
import addFormats from 'ajv-formats';
import express from 'express';
import { OpenAPIBackend } from 'openapi-backend';
import { descriptionOfBody, listen, MEDIA_TYPE } from './constant.js';

const api = new OpenAPIBackend({
  definition: await descriptionOfBody(),
  strict: true,
  customizeAjv: (ajv) => addFormats.default(ajv),
  handlers: {
    notImplemented: ({ api, operation }, _request, response) => {
      const { status, mock } = api.mockResponseForOperation(operation.operationId);
      response.status(status).type(MEDIA_TYPE).json(mock);
    },
  },
});
await api.init();

const application = express();
application.use((request, response) => api.handleRequest(request, request, response));

listen(createServer(application));
