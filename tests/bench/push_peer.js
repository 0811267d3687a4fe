// npm web-push with a keep-alive agent: `push_peer.js MODULES PORT FOLDER COUNT` prints seconds and CPU seconds.
const [, , modules, port, folder, count] = process.argv;
const { readFileSync } = require("node:fs");
const { Agent } = require("node:https");
const webPush = require(`${modules}/web-push`);

const AT_ONCE = 8;
const given = JSON.parse(readFileSync(`${folder}/given.json`, "utf8"));
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE, ca: readFileSync(`${folder}/authority.pem`) });
const vapidDetails = { subject: "mailto:ada@example.org", publicKey: given.public, privateKey: given.raw };
const options = { vapidDetails, TTL: 60, topic: "t".repeat(24), urgency: "normal", contentEncoding: "aes128gcm", agent };

async function send(many) {
  let next = 0;
  const line = async () => {
    while (next < many) {
      const number = next++;
      const keys = given.devices[number % given.devices.length];
      await webPush.sendNotification({ endpoint: `https://localhost:${port}/${number}`, keys }, given.text, options);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, line));
}

(async () => {
  await send(Math.min(50, Number(count)));
  const [start, cpu] = [process.hrtime.bigint(), process.cpuUsage()];
  await send(Number(count));
  const used = process.cpuUsage(cpu);
  console.log(Number(process.hrtime.bigint() - start) / 1e9, (used.user + used.system) / 1e6);
  process.exit(0);
})();
