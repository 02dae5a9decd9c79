// Slack's own Web API client against the address in SLACK_API. One scenario by its name; ends with an error when something is not as Slack does it.
import assert from 'node:assert/strict';
import { WebClient, ErrorCode } from '@slack/web-api';

const { SLACK_API, SLACK_TOKEN, SLACK_CHANNEL, SLACK_PERSON, SLACK_TRIGGER } = process.env;
const client = (options = {}) => new WebClient(SLACK_TOKEN, { slackApiUrl: SLACK_API, ...options });
const slack = client({ retryConfig: { retries: 0 }, rejectRateLimitedCalls: true });
const channel = SLACK_CHANNEL;
const refusal = async (call) => {
  try {
    await call;
  } catch (error) {
    assert.equal(error.code, ErrorCode.PlatformError);
    return error.data;
  }
  assert.fail('it was not refused');
};
const divider = { type: 'divider' };
const modal = {
  type: 'modal',
  callback_id: 'why',
  title: { type: 'plain_text', text: 'Why' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [{ type: 'input', block_id: 'reason', label: { type: 'plain_text', text: 'Reason' }, element: { type: 'plain_text_input', action_id: 'text' } }],
};

const scenarios = {
  async identity() {
    const me = await slack.auth.test();
    assert.equal(me.team_id, 'T00000001');
    assert.ok(me.bot_id);
    const stranger = new WebClient('xoxb-wrong', { slackApiUrl: SLACK_API, retryConfig: { retries: 0 } });
    assert.equal((await refusal(stranger.auth.test())).error, 'invalid_auth');
  },

  async messages() {
    const metadata = { event_type: 'card', event_payload: { id: 'R-41' } };
    const posted = await slack.chat.postMessage({ channel, text: '红灯', blocks: [divider], metadata });
    assert.equal(posted.message.bot_id, (await slack.auth.test()).bot_id);
    const answer = await slack.chat.postMessage({ channel, text: 'a line', thread_ts: posted.ts });
    await slack.chat.update({ channel, ts: posted.ts, text: 'done', blocks: [] });

    const thread = await slack.conversations.replies({ channel, ts: posted.ts, include_all_metadata: true });
    assert.deepEqual(thread.messages.map((m) => [m.ts, m.text]), [[posted.ts, 'done'], [answer.ts, 'a line']]);
    assert.deepEqual(thread.messages[0].metadata, metadata);
    assert.equal(thread.messages[0].reply_count, 1);
    const history = await slack.conversations.history({ channel, limit: 1 });
    assert.equal(history.messages[0].ts, posted.ts);
    assert.ok((await slack.chat.getPermalink({ channel, message_ts: posted.ts })).permalink);
    await slack.chat.delete({ channel, ts: answer.ts });
    assert.equal((await refusal(slack.chat.delete({ channel, ts: answer.ts }))).error, 'message_not_found');
  },

  async pages() {
    for (let i = 0; i < 5; i++) await slack.chat.postMessage({ channel, text: `page ${i}` });
    const seen = [];
    for await (const page of slack.paginate('conversations.history', { channel, limit: 2 })) seen.push(...page.messages.map((m) => m.text));
    assert.deepEqual(seen.slice(0, 5), ['page 4', 'page 3', 'page 2', 'page 1', 'page 0']);
  },

  async ephemeral() {
    assert.ok((await slack.chat.postEphemeral({ channel, user: SLACK_PERSON, text: 'only you' })).message_ts);
    assert.equal((await refusal(slack.chat.postEphemeral({ channel, user: 'UNOBODY00', text: 'x' }))).error, 'user_not_in_channel');
  },

  async refused() {
    assert.equal((await refusal(slack.chat.postMessage({ channel: 'C0NONE', text: 'x' }))).error, 'channel_not_found');
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }];
    const invalid = await refusal(slack.chat.postMessage({ channel, text: 'x', blocks }));
    assert.equal(invalid.error, 'invalid_blocks');
    assert.match(invalid.response_metadata.messages[0], /json-pointer/);
  },

  async views() {
    const opened = await slack.views.open({ trigger_id: SLACK_TRIGGER, view: modal });
    assert.equal(opened.view.callback_id, 'why');
    assert.equal((await refusal(slack.views.open({ trigger_id: SLACK_TRIGGER, view: modal }))).error, 'exchanged_trigger_id');
    const updated = await slack.views.update({ view_id: opened.view.id, hash: opened.view.hash, view: modal });
    assert.notEqual(updated.view.hash, opened.view.hash);
    assert.equal((await refusal(slack.views.update({ view_id: opened.view.id, hash: opened.view.hash, view: modal }))).error, 'hash_conflict');
    assert.equal((await slack.views.publish({ user_id: SLACK_PERSON, view: { type: 'home', blocks: [divider] } })).view.type, 'home');
  },

  async files() {
    const sent = await slack.filesUploadV2({ channel_id: channel, filename: 'chart.txt', title: 'Chart', content: '数据', initial_comment: 'look' });
    const [file] = sent.files[0].files;
    assert.equal(file.title, 'Chart');
    assert.equal((await slack.files.info({ file: file.id })).file.size, 6);
  },

  async marks() {
    const { ts } = await slack.chat.postMessage({ channel, text: 'look' });
    await slack.reactions.add({ channel, timestamp: ts, name: 'eyes' });
    assert.equal((await refusal(slack.reactions.add({ channel, timestamp: ts, name: 'eyes' }))).error, 'already_reacted');
    assert.equal((await slack.reactions.get({ channel, timestamp: ts })).message.reactions[0].count, 1);
    await slack.reactions.remove({ channel, timestamp: ts, name: 'eyes' });
    await slack.pins.add({ channel, timestamp: ts });
    assert.equal((await slack.pins.list({ channel })).items.length, 1);
    await slack.pins.remove({ channel, timestamp: ts });
    assert.equal((await refusal(slack.pins.remove({ channel, timestamp: ts }))).error, 'no_pin');
  },

  async people() {
    const { user } = await slack.users.info({ user: SLACK_PERSON, include_locale: true });
    assert.deepEqual([user.name, user.locale, user.is_bot, user.is_restricted], ['lin', 'zh-CN', false, false]);
    assert.ok((await slack.users.list()).members.length > 10);
    const [group] = (await slack.usergroups.list({ include_users: true })).usergroups;
    assert.deepEqual((await slack.usergroups.users.update({ usergroup: group.id, users: SLACK_PERSON })).usergroup.users, [SLACK_PERSON]);
    assert.deepEqual((await slack.usergroups.users.list({ usergroup: group.id })).users, [SLACK_PERSON]);
    await slack.conversations.setTopic({ channel, topic: 'REL-B3 15 %' });
    assert.equal((await slack.conversations.info({ channel })).channel.topic.value, 'REL-B3 15 %');
    assert.equal((await slack.conversations.open({ users: SLACK_PERSON })).channel.is_im, true);
  },

  // Slack is asked to wait once; the client must find out by itself for how long.
  async patience() {
    const began = Date.now();
    await client().chat.postMessage({ channel, text: 'in the end' });
    assert.ok(Date.now() - began >= 900, 'it did not wait');
  },

  async impatience() {
    await assert.rejects(slack.chat.postMessage({ channel, text: 'never' }), (e) => e.code === ErrorCode.RateLimitedError && e.retryAfter === 7);
  },
};

await scenarios[process.argv[2]]();
