import { expect, test } from "vitest";
import { planIn } from "../../../test/fixtures/routeDialects.ts";
import { ROUTE_OPTIONS } from "../../model/routeOptions.ts";
import { asList } from "../../model/unknown.ts";
import { routesView } from "./routesPage.ts";

test("the page has a row for every option, and one reason for gateways that share it", () => {
  const gateways = { internal: "172.16.1.61", guests: "172.16.1.62" };
  const view = routesView(planIn("ingress-nginx", { gateways }));
  expect(asList(view["wishes"])).toHaveLength(ROUTE_OPTIONS.length);
  expect(view["refused"]).toContainEqual(
    expect.objectContaining({ flag: "--header NAME=VALUE", gateways: ["internal", "guests"] }),
  );
  expect(view["handedOn"]).toEqual(["ingress.gateways.internal.passthrough", "ingress.gateways.guests.passthrough"]);
});

test("where the route itself says what is handed on, homelab.yaml is not named", () => {
  expect(routesView(planIn("Traefik, Ingress"))["handedOn"]).toEqual([]);
});
