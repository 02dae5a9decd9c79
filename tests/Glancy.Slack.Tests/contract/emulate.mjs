// Starts emulate's Slack on a free port of loopback and prints its address; ends with its standard input.
import net from 'node:net';

// emulate listens on every interface and takes no host; it must not be seen from outside.
const listen = net.Server.prototype.listen;
let bound;
net.Server.prototype.listen = function (port, ...rest) {
  bound = this;
  return listen.call(this, { port: Number(port), host: '127.0.0.1' }, ...rest.filter((r) => typeof r === 'function'));
};

const free = () =>
  new Promise((resolve) => {
    const probe = net.createServer();
    listen.call(probe, 0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const { createEmulator } = await import('emulate');
const port = await free();
await createEmulator({
  service: 'slack',
  port,
  baseUrl: `http://127.0.0.1:${port}`,
  seed: {
    tokens: { 'xoxb-contract': { login: 'developer' } },
    slack: {
      team: { name: 'Home', domain: 'home' },
      users: [{ name: 'developer', real_name: 'Developer', email: 'dev@example.com' }, { name: 'lin', real_name: 'Lin', email: 'lin@example.com' }],
      channels: [{ name: 'ops', topic: 'quiet' }],
      bots: [{ name: 'glancy' }],
    },
  },
});
if (!bound.listening) await new Promise((resolve) => bound.once('listening', resolve));
console.log(`http://127.0.0.1:${bound.address().port}/ ${bound.address().address}`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
