/** The time of a server, by one packet of SNTP (RFC 4330). */
import { createSocket } from "node:dgram";
import type { TimeAnswer, TimeQuestion, Untold } from "../../probes/question.ts";

const PATIENCE = 2500;
const PACKET = 48;
/** No warning, version 4, client (RFC 4330 section 4). */
const CLIENT = 0x23;
const SERVER_MODE = 4;
/** Between the years 1900 and 1970. */
const ERA_SECONDS = 2_208_988_800;
const RECEIVED = 32;
const SENT = 40;

export function askTime({ server }: TimeQuestion, port = 123): Promise<TimeAnswer | Untold> {
  return new Promise((resolve) => {
    const socket = createSocket("udp4");
    let ended = false;
    const end = (answer: TimeAnswer | Untold): void => {
      if (ended) return;
      ended = true;
      clearTimeout(patience);
      socket.close();
      resolve(answer);
    };
    const patience = setTimeout(() => end({ untold: `${server} does not answer`, how: "silent" }), PATIENCE);
    const before = Date.now();
    socket.once("message", (packet) => end(answerIn(packet, before, Date.now(), server)));
    socket.once("error", () => end({ untold: `${server} could not be asked`, how: "impossible" }));
    const request = Buffer.alloc(PACKET);
    request[0] = CLIENT;
    socket.send(request, port, server, (error) => {
      // Its name is not known, or there is no way to it.
      if (error !== null)
        end({ untold: `${server} could not be asked: ${(error as NodeJS.ErrnoException).code}`, how: "impossible" });
    });
  });
}

function answerIn(packet: Buffer, before: number, after: number, server: string): TimeAnswer | Untold {
  const [first = 0, stratum = 0] = packet;
  // A server without the time, or one that sends its askers away, says stratum 0 or 16 (RFC 4330 sections 4 and 8).
  if (packet.length < PACKET || (first & 7) !== SERVER_MODE || stratum === 0 || stratum > 15)
    return { untold: `${server} answers without a time`, how: "impossible" };
  const offset = (timeAt(packet, RECEIVED) - before + (timeAt(packet, SENT) - after)) / 2;
  return { ahead: -offset };
}

/** Seconds since 1900 and a fraction of 2³², as milliseconds since 1970. */
const timeAt = (packet: Buffer, at: number): number =>
  (packet.readUInt32BE(at) - ERA_SECONDS + packet.readUInt32BE(at + 4) / 2 ** 32) * 1000;
