// What Slack's documentation says a signature is, with node's crypto: {secret, timestamp, body (base64)} on standard input, the signature out.
import { createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';

const { secret, timestamp, body } = JSON.parse(await text(process.stdin));
const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(Buffer.from(body, 'base64'));
process.stdout.write(`v0=${mac.digest('hex')}`);
