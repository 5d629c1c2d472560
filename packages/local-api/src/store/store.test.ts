import { seedState } from "./seed";
import { Store, StoreError } from "./store";

function newStore() {
  let changes = 0;
  const store = new Store(seedState({}, {}), () => {
    changes += 1;
  });
  return { store, changes: () => changes };
}

describe("the store, as somebody else", () => {
  test("changes and removes fields of a gateway", () => {
    const { store } = newStore();
    const { id } = store.createGateway({ name: "G", clientId: "c", scopes: ["a"] });
    store.putGateway(id, { scopes: ["b", "a"], clientId: undefined });
    expect(store.gateway(id)).toMatchObject({ name: "G", scopes: ["b", "a"], providerType: "manual" });
    expect(store.gateway(id)).not.toHaveProperty("clientId");
    expect([store.deleteGateway(id), store.deleteGateway(id)]).toEqual([true, false]);
  });

  test("says every change once", () => {
    const { store, changes } = newStore();
    const { id } = store.createGateway({ name: "G" });
    store.attach("orders-api", { gatewayId: id });
    store.detach("orders-api");
    store.detach("orders-api");
    expect(changes()).toBe(3);
  });

  test("makes servers, and detaches one that it deletes", () => {
    const { store } = newStore();
    const server = store.addServer({ slug: "new-api" });
    const { id } = store.createGateway({ name: "G" });
    store.attach("new-api", { gatewayId: id });
    expect(store.attachmentsOf(id)).toMatchObject([{ serverId: server.id, publicId: "gw_new-api" }]);
    expect([store.deleteServer(server.id), store.deleteServer(server.id)]).toEqual([true, false]);
    expect([store.attachments(), store.server("new-api")]).toEqual([[], undefined]);
  });

  test.each<[string, (store: Store) => unknown]>([
    ["a gateway", (store) => store.putGateway("gtw_none", {})],
    ["a server", (store) => store.attach("none", { gatewayId: "g" })],
    ["a credential", (store) => store.expireToken("none")],
  ])("says so when it is asked to change %s that is not there", (_, change) => {
    expect(() => change(newStore().store)).toThrow(StoreError);
  });
});
