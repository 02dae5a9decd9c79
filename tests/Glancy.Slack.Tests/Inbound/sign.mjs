// Signs as Slack documents it, with node's crypto and none of our code: a line in {secret, timestamp, body (base64)}, a line out.
import { createHmac } from 'node:crypto';
import { createInterface } from 'node:readline';

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, timestamp, body } = JSON.parse(line);
  const mac = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(Buffer.from(body, 'base64'));
  process.stdout.write(`v0=${mac.digest('hex')}\n`);
}
