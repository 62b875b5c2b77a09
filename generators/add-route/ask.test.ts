import { describe, expect, it } from "vitest";
import { repositories } from "../../test/support/repository.ts";
import { recordedSession } from "../../test/support/session.ts";
import { addRouteGenerator } from "./addRoute.ts";

const made = repositories();

const ask = (answers: readonly string[], flags: Readonly<Record<string, string>> = {}, argument = "nas.ragas.cc") =>
  addRouteGenerator.collect(recordedSession({ cwd: made.template, argument, answers, flags }));

describe("where a name leads that nothing answers for", () => {
  it("is a Service of the cluster", async () => {
    const input = await ask(["service", "default/echo:8080"]);
    expect(input).toMatchObject({ backend: { service: "echo", port: 8080, app: { name: "echo" } } });
  });
  it("is a machine of lan.hosts", async () => {
    const input = await ask(["machine", "pve1", "unverified", "8006"]);
    expect(input).toMatchObject({
      origin: { name: "pve1", isNew: false, shown: "https://pve1:8006", source: { port: 8006, tls: {} } },
    });
  });
  it("is another address of the LAN", async () => {
    const input = await ask(["address", "172.16.1.20", "verified", "nas.example.com", ""]);
    expect(input).toMatchObject({
      origin: {
        name: "nas",
        isNew: true,
        source: { address: "172.16.1.20", port: 443, tls: { name: "nas.example.com" } },
      },
    });
  });
  it.each([
    ["", "nothing is no address"],
    ["172.16.1", "is no address"],
    ["172.16.1.61", "is envoy-internal, which runs in this cluster"],
    ["172.16.1.255", "is the broadcast address of 172.16.1.0/24"],
  ])("is asked again for the address %j", async (address, message) => {
    await expect(ask(["address", address])).rejects.toThrow(message);
  });
  it.each(["0", "65536", "https"])("is asked again for the port %s", async (port) => {
    await expect(ask(["machine", "pve1", "http", port])).rejects.toThrow("a number from 1 to 65535");
  });
  it("is not asked for where the name or a flag says it", async () => {
    expect(await ask([], {}, "echo.ragas.cc")).toHaveProperty("backend");
    expect(await ask([], { app: "echo" })).toHaveProperty("backend");
    expect(await ask([], { to: "pve1" })).toHaveProperty("origin");
    expect(await ask([], { yes: "true" })).toMatchObject({ backend: { because: "the only app with a Service" } });
  });
});
