/** A name server on this machine for as long as a test runs. It knows what it is told and nothing else (RFC 1035). */
import { createSocket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** Codes of RFC 1035 section 4.1.1. */
const CODES = { found: 0, failed: 2, "no such name": 3, refused: 5 } as const;

const TYPES = { A: 1, NS: 2, SOA: 6, CAA: 257 } as const;

/** `A ragas.cc` → values; an empty list is a name without such a record, a code stands for itself. */
export type Zone = Readonly<Record<string, readonly string[] | keyof typeof CODES>>;

/** Its address with its port, `127.0.0.1:40000`. */
export async function dnsServer(zone: Zone): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => socket.send(answer(query, zone), port, address));
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  onTestFinished(() => void socket.close());
  return `127.0.0.1:${(socket.address() as AddressInfo).port}`;
}

function answer(query: Buffer, zone: Zone): Buffer {
  const { name, end } = nameAt(query, 12);
  const type = query.readUInt16BE(end);
  const question = query.subarray(12, end + 4);
  const kind = Object.entries(TYPES).find(([, number]) => number === type)?.[0] ?? "";
  const known = zone[`${kind} ${name}`] ?? "no such name";
  const values = typeof known === "string" ? [] : known;
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  // An answer, by an authority, recursion as asked and available.
  head.writeUInt16BE(0x8580 + (typeof known === "string" ? CODES[known] : 0), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(values.length, 6);
  return Buffer.concat([head, question, ...values.map((value) => record(type, data(kind, value)))]);
}

function nameAt(query: Buffer, from: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = from;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join(".").toLowerCase(), end: at + 1 };
}

/** Its name is the one of the question, which begins at byte 12. */
function record(type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(content.length, 10);
  return Buffer.concat([head, content]);
}

function data(kind: string, value: string): Buffer {
  if (kind === "A") return Buffer.from(value.split(".").map(Number));
  if (kind === "NS") return encoded(value);
  if (kind === "SOA") return Buffer.concat([encoded(value), encoded(`hostmaster.${value}`), Buffer.alloc(20)]);
  const [tag = "", issuer = ""] = value.split(" ");
  return Buffer.concat([Buffer.from([0, tag.length]), Buffer.from(`${tag}${issuer}`)]);
}

const encoded = (name: string): Buffer =>
  Buffer.concat([
    ...name.split(".").map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);
