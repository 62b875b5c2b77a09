/** The world outside, as far as a test may have one: servers on 127.0.0.1, and programs of its own. */
import { createSocket } from "node:dgram";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { dnsServer } from "../../../test/support/dnsServer.ts";
import { temporaryFolder, writeFiles } from "../../../test/support/workspace.ts";
import type { ProgramQuestion, Question } from "../../probes/question.ts";
import { addressAsker } from "./address.ts";
import { inTurns } from "./inTurns.ts";
import type { Neighbours } from "./neighbours.ts";
import { outsideOf } from "./outside.ts";
import { askTime } from "./time.ts";

async function ask<Asked extends Question>(question: Asked) {
  return (await outsideOf({ cwd: "/" }).ask([question])).to(question);
}

async function openPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("an address", () => {
  test("tells which ports are open and which refuse", async () => {
    const [open, closed] = [await openPort(), await closedPort()];
    const answer = await ask({ kind: "address", address: "127.0.0.1", ports: [open, closed] });
    expect(answer).toMatchObject({ open: [open], refused: [closed] });
  });
  test("is looked up among the neighbours once all have been spoken to", async () => {
    const address = "127.0.0.1";
    const questions = [await openPort(), await openPort()].map((port) => ({
      kind: "address" as const,
      address,
      ports: [port],
    }));
    const table = vi.fn<() => Promise<Neighbours>>(() => Promise.resolve(new Map([[address, "bc:24:11:ac:10:01"]])));
    const asker = addressAsker(questions, inTurns(1), table);
    const answers = await Promise.all(questions.map(asker));
    expect(answers.map((answer) => "neighbour" in answer && answer.neighbour)).toEqual([
      { mac: "bc:24:11:ac:10:01" },
      { mac: "bc:24:11:ac:10:01" },
    ]);
    expect(table).toHaveBeenCalledTimes(1);
  });
  test.each([
    [new Map<string, string>(), "nobody"],
    [undefined, "unknown"],
  ] as const)("is nobody's neighbour, or the system does not say: %j", async (table, neighbour) => {
    const question = { kind: "address" as const, address: "127.0.0.1", ports: [await closedPort()] };
    const asker = addressAsker([question], inTurns(1), () => Promise.resolve(table));
    expect(await asker(question)).toMatchObject({ neighbour });
  });
});

describe("a name server", () => {
  const ZONE = {
    "A echo.ragas.cc": ["172.16.1.61"],
    "A private.ragas.cc": [],
    "A broken.ragas.cc": "failed",
    "A closed.ragas.cc": "refused",
    "NS ragas.cc": ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"],
    "SOA ragas.cc": ["ns1.dns.ragas.cc"],
    "CAA ragas.cc": ["issue letsencrypt.org", "issuewild letsencrypt.org"],
  } as const;

  test.each([
    ["A", "echo.ragas.cc", "found", ["172.16.1.61"]],
    ["A", "private.ragas.cc", "no such record", []],
    ["A", "broken.ragas.cc", "failed", []],
    ["A", "closed.ragas.cc", "refused", []],
    ["A", "nobody.ragas.cc", "no such name", []],
    ["NS", "ragas.cc", "found", ["ada.ns.cloudflare.com", "bob.ns.cloudflare.com"]],
    ["SOA", "ragas.cc", "found", ["ns1.dns.ragas.cc"]],
    ["CAA", "ragas.cc", "found", ["issue letsencrypt.org", "issuewild letsencrypt.org"]],
  ] as const)("%s of %s", async (type, name, status, values) => {
    const server = await dnsServer(ZONE);
    expect(await ask({ kind: "dns", server, name, type })).toEqual({ status, values });
  });
  test("that is not there is silent", async () => {
    const socket = createSocket("udp4");
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const { port } = socket.address();
    await new Promise<void>((resolve) => socket.close(resolve));
    const answer = await ask({ kind: "dns", server: `127.0.0.1:${port}`, name: "ragas.cc", type: "A" });
    expect(answer).toMatchObject({ how: "silent" });
  });
  test("that has no address cannot be asked", async () => {
    expect(await ask({ kind: "dns", server: "somebody", name: "ragas.cc", type: "A" })).toMatchObject({
      how: "impossible",
    });
  });
});

describe("a program", () => {
  const program = (command: string, ...args: readonly string[]): ProgramQuestion => ({
    kind: "program",
    command,
    args,
  });

  test("is run where the repository is, with variables beside those of the process", async () => {
    const cwd = temporaryFolder("program");
    const question = program(process.execPath, "-p", "process.cwd() + process.env.KUBECONFIG");
    const answers = await outsideOf({ cwd, env: { ...process.env, KUBECONFIG: "/k" } }).ask([question]);
    expect(answers.to(question)).toEqual({ exitCode: 0, stdout: `${cwd}/k\n`, stderr: "" });
  });
  test("that is missing says so", async () => {
    expect(await ask(program("no-such-program"))).toEqual({ untold: "no-such-program not found", how: "missing" });
  });
  test("is asked on only when the one before said what it must", async () => {
    const folder = temporaryFolder("given");
    writeFiles(folder, { "note.mjs": `import { appendFileSync } from "node:fs";\nappendFileSync("asked", "x");\n` });
    const before = program(process.execPath, "-p", "'https://172.16.1.49:6443'");
    const after = (prints: string): ProgramQuestion => ({
      ...program(process.execPath, "note.mjs"),
      given: { question: before, prints },
    });
    const outside = outsideOf({ cwd: folder });
    const other = after("https://10.0.0.1:6443");
    expect((await outside.ask([other])).to(other)).toMatchObject({ how: "unasked" });
    const same = after("https://172.16.1.49:6443");
    expect((await outside.ask([same])).to(same)).toMatchObject({ exitCode: 0 });
  });
});

describe("a time server", () => {
  async function timeServer(reply: (request: Buffer) => Buffer): Promise<number> {
    const socket = createSocket("udp4");
    socket.on("message", (request, { port, address }) => socket.send(reply(request), port, address));
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    onTestFinished(() => void socket.close());
    return socket.address().port;
  }
  const at = (milliseconds: number, stratum = 2): Buffer => {
    const packet = Buffer.alloc(48);
    packet[0] = 0x24;
    packet[1] = stratum;
    for (const offset of [32, 40]) packet.writeUInt32BE(Math.floor(milliseconds / 1000) + 2_208_988_800, offset);
    return packet;
  };

  test.each([
    [0, 0],
    [60_000, -60_000],
    [-60_000, 60_000],
  ])("that is %d ms ahead of this machine", async (ahead, behind) => {
    const port = await timeServer(() => at(Date.now() + ahead));
    const answer = await askTime({ kind: "time", server: "127.0.0.1" }, port);
    const said = "ahead" in answer ? answer.ahead : Number.NaN;
    expect(Math.abs(said - behind)).toBeLessThan(2000);
  });
  test("without the time is no witness", async () => {
    const port = await timeServer(() => at(Date.now(), 0));
    expect(await askTime({ kind: "time", server: "127.0.0.1" }, port)).toMatchObject({ how: "impossible" });
  });
});

test("this machine has no address twice, and none of its own loop", async () => {
  const answer = await ask({ kind: "machine" });
  const ips = "addresses" in answer ? answer.addresses.map(({ ip }) => ip) : undefined;
  expect(ips).toEqual([...new Set(ips)]);
  expect(ips).not.toContain("127.0.0.1");
});

test("the same question is asked once", async () => {
  const folder = temporaryFolder("once");
  writeFiles(folder, { "note.mjs": `import { appendFileSync } from "node:fs";\nappendFileSync("asked", "x");\n` });
  const question: Question = { kind: "program", command: process.execPath, args: ["note.mjs"] };
  await outsideOf({ cwd: folder }).ask([question, { ...question }]);
  const count: Question = { kind: "program", command: "wc", args: ["-c", "asked"] };
  const answers = await outsideOf({ cwd: folder }).ask([count]);
  expect(answers.to(count)).toMatchObject({ stdout: "1 asked\n" });
});
