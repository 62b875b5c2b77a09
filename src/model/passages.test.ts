import { describe, expect, it, test } from "vitest";
import { planOf } from "../../test/fixtures/plan.ts";
import { withPolicies } from "../../test/fixtures/policies.ts";
import { allowedIn, basicsOf, namespacesWithPolicies } from "./passages.ts";
import { parseCidr } from "./address.ts";
import type { Passage } from "./policies.ts";

const plan = planOf();
const both = planOf({ bothFamilies: true });
const brief = ({ name, direction, labels }: Passage) => [name, direction, Object.values(labels).join()];

describe("what is allowed", () => {
  it("is said at both ends, where who begins is closed, and at one where not", () => {
    const entries = [["media/web", "databases/postgres", "5432"]] as const;
    const closed = withPolicies(plan, { media: "enforce" }, entries);
    expect(allowedIn("media", closed).map(brief)).toEqual([["web-to-databases-postgres-5432", "egress", "web"]]);
    expect(allowedIn("databases", closed).map(brief)).toEqual([
      ["postgres-from-media-web-5432", "ingress", "postgres"],
    ]);
    const open = withPolicies(plan, {}, entries);
    expect(namespacesWithPolicies(open)).toEqual(["databases"]);
    expect(allowedIn("media", open)).toEqual([]);
  });

  it("has a name of its own where labels look alike", () => {
    const told = withPolicies(plan, { media: "enforce" }, [
      ["media/a=b-c", "internet"],
      ["media/a=b.c", "internet"],
      ["media/a=b_c", "internet", "53/udp"],
    ]);
    expect(allowedIn("media", told).map(({ name }) => name)).toEqual([
      "b-c-to-internet",
      "b-c-to-internet-2",
      "b-c-to-internet-53-udp",
    ]);
  });

  it("stays within what Kubernetes takes as a name", () => {
    const key = `${"k".repeat(60)}=${"v".repeat(60)}`;
    const many = ["a", "b", "c", "d", "e"].map((letter) => letter + key).join(",");
    const told = withPolicies(plan, { media: "enforce" }, [
      [`media/${many}`, "internet"],
      [`media/${many}`, "lan"],
    ]);
    const names = allowedIn("media", told).map(({ name }) => name);
    expect(new Set(names).size).toBe(2);
    expect(names.every((name) => name.length < 253)).toBe(true);
  });
});

describe("who answers", () => {
  const far = (to: string, of = plan) =>
    allowedIn("media", withPolicies(of, { media: "enforce" }, [["media/web", to]])).flatMap((one) => one.far);

  it("is the internet without the house, in each family", () => {
    expect(far("internet")).toMatchObject([{ cidr: "0.0.0.0/0", except: expect.arrayContaining(["172.16.0.0/12"]) }]);
    expect(far("internet", both)).toMatchObject([
      { cidr: "0.0.0.0/0" },
      { cidr: "::/0", except: ["fc00::/7", "fe80::/10"] },
    ]);
  });

  it("is no internet where the house has public addresses of its own", () => {
    const [first] = both.stacks;
    const lan = { value: parseCidr("2001:db8:1::/64"), path: "lan.cidr" };
    const stacks = [first, { ...both.stacks[1], lan }] as unknown as typeof both.stacks;
    expect(far("internet", { ...both, stacks }).at(-1)).toMatchObject({
      except: ["fc00::/7", "fe80::/10", "2001:db8:1::/64"],
    });
  });

  it("is the LAN without the nodes", () => {
    expect(far("lan")).toEqual([
      { kind: "network", cidr: "172.16.1.0/24", except: plan.nodes.map(({ ip }) => `${ip}/32`) },
    ]);
  });

  it("is the API at its control planes, and not at the address they share", () => {
    const planes = plan.nodes.filter(({ role }) => role === "control-plane").map(({ ip }) => ip);
    expect(far("api")).toEqual([{ kind: "api", addresses: planes, port: 6443 }]);
  });

  it("is the pods of gateways, or the pod network where they have none", () => {
    const own = planOf({ ingress: "cilium-gateway" });
    const from = (of: typeof plan) =>
      allowedIn("media", withPolicies(of, {}, [["gateway", "media/web"]])).flatMap((one) => one.far);
    expect(from(plan)).toMatchObject([{ kind: "pods", pods: { namespace: "network" } }]);
    expect(from(own)).toEqual([{ kind: "ingress" }]);
  });
});

test("pods of a closed namespace ask for names and each other", () => {
  const closed = withPolicies(plan, { media: "audit" });
  expect(basicsOf("media", closed).map(brief)).toEqual([
    ["names", "egress", ""],
    ["own-namespace", "egress", ""],
  ]);
});
