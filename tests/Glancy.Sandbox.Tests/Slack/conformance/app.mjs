// An app made with Slack's own framework: what Bolt understands of a request, the sandbox has sent as Slack does.
import { App, HTTPReceiver } from '@slack/bolt';

const { SLACK_API, SLACK_TOKEN, SLACK_SECRET, SLACK_PORT } = process.env;
const receiver = new HTTPReceiver({ signingSecret: SLACK_SECRET, endpoints: ['/slack/commands', '/slack/interactions', '/slack/events'] });
const app = new App({ token: SLACK_TOKEN, receiver, clientOptions: { slackApiUrl: SLACK_API }, ignoreSelf: true });
const button = { type: 'actions', block_id: 'do', elements: [{ type: 'button', action_id: 'yes', value: 'R-1', text: { type: 'plain_text', text: 'Yes' } }] };
const form = (title) => ({
  type: 'modal',
  callback_id: 'why',
  title: { type: 'plain_text', text: title },
  submit: { type: 'plain_text', text: 'Send' },
  private_metadata: 'R-1',
  blocks: [{ type: 'input', block_id: 'reason', label: { type: 'plain_text', text: 'Reason' }, element: { type: 'plain_text_input', action_id: 'text' } }],
});

app.command('/glancy', async ({ command, ack, respond, say, client }) => {
  switch (command.text) {
    case 'at once':
      return ack(`at once, ${command.user_name}`);
    case 'later':
      await ack();
      return respond({ response_type: 'in_channel', text: 'later' });
    case 'say':
      await ack();
      return say({ text: 'Sure?', blocks: [button] });
    case 'form':
      await ack();
      return client.views.open({ trigger_id: command.trigger_id, view: form('Why') });
    default:
      throw new Error(command.text);
  }
});

app.action('yes', async ({ ack, action, body, respond }) => {
  await ack();
  await respond({ replace_original: true, text: `${action.value} by ${body.user.id} in ${body.channel.id}` });
});

app.view('why', async ({ ack, view, body, client }) => {
  const reason = view.state.values.reason.text.value;
  if (reason === 'short') return ack({ response_action: 'errors', errors: { reason: 'Too short.' } });
  if (reason === 'other') return ack({ response_action: 'update', view: form('Other') });
  await ack();
  return client.chat.postMessage({ channel: body.user.id, text: `${view.private_metadata}: ${reason}` });
});

app.event('reaction_added', async ({ event, client }) => client.reactions.add({ channel: event.item.channel, timestamp: event.item.ts, name: 'white_check_mark' }));
app.event('app_home_opened', async ({ event, client }) =>
  client.views.publish({ user_id: event.user, view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Welcome' } }] } }));
app.message('ping', async ({ say, message }) => say({ text: `pong <@${message.user}>`, thread_ts: message.ts }));

await app.start({ port: Number(SLACK_PORT), host: '127.0.0.1' });
console.log('listening');
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
