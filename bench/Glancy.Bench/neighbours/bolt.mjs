// Slack's own framework, which acknowledges a command and writes nothing down.
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

const { SLACK_SECRET, SLACK_PORT } = process.env;
const receiver = new HTTPReceiver({ signingSecret: SLACK_SECRET, endpoints: ['/slack/commands'], logLevel: LogLevel.ERROR });
const authorize = async ({ teamId }) => ({ botToken: 'xoxb-nobody', botId: 'B0', botUserId: 'U0', teamId });
const app = new App({ receiver, authorize, logLevel: LogLevel.ERROR });

app.command('/glancy', async ({ ack }) => ack());

await app.start({ port: Number(SLACK_PORT), host: '127.0.0.1' });
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
