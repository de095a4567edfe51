import { createServer } from 'node:http';
import { BODY, listen, MEDIA_TYPE } from './constant.js';

const body = Buffer.from(BODY);
const headers = { 'Content-Type': MEDIA_TYPE, 'Content-Length': body.length };

listen(createServer((_request, response) => response.writeHead(200, headers).end(body)));
