import type { ServerBehaviour } from "../behaviour/switches";
import type { JsonObject, StoredGateway } from "../store/records";
import type { GatewayPatch } from "../store/store";
import { clearable, type GatewayWrite } from "./read-gateway-body";
import { putUnknown } from "./unknown-fields";

/** What `unknownFields: "present"` gives a gateway that lacks them. */
export const serviceFields: JsonObject = {
  clientRegistration: "auto",
  identityResolution: { mode: "claim", claim: "sub", fallback: ["email"] },
};

/** A new gateway's fields. */
export function createdFields(write: GatewayWrite, name: string): GatewayPatch & { name: string } {
  return {
    ...write.known,
    name,
    providerType: write.known.providerType ?? "manual",
    unknown: write.unknown,
    secrets: write.secret === undefined ? {} : { clientSecret: write.secret.value },
    destroyedSecrets: write.secret?.isMask === true ? ["clientSecret"] : [],
  };
}

/** Gives a gateway, once, what the service adds of its own accord; also one made before the switch was turned on. */
export function giveServiceFields(gateway: StoredGateway, behaviour: ServerBehaviour): StoredGateway {
  const given = gateway.serviced ?? {};
  if (behaviour.unknownFields === "present" && given.fields === undefined) {
    gateway.unknown = { ...structuredClone(serviceFields), ...gateway.unknown };
    gateway.serviced = { ...gateway.serviced, fields: true };
  }
  if (behaviour.maskedSecret !== "not-answered" && given.secret === undefined) {
    gateway.secrets = { clientSecret: "made-by-the-service", ...gateway.secrets };
    gateway.serviced = { ...gateway.serviced, secret: true };
  }
  return gateway;
}

/** What a PUT changes. Pure, so that what is left out can be told from what is cleared. */
export function putFields(gateway: StoredGateway, write: GatewayWrite, behaviour: ServerBehaviour): GatewayPatch {
  const cleared = behaviour.putLeftOut === "cleared";
  const patch: GatewayPatch = { ...write.known };
  patch.name = write.known.name ?? gateway.name;
  patch.providerType = write.known.providerType ?? (cleared ? "manual" : gateway.providerType);
  if (cleared) {
    for (const name of clearable) {
      if (!(name in write.known)) patch[name] = undefined;
    }
  }
  patch.unknown = putUnknown(gateway.unknown, write.unknown, behaviour);
  return { ...patch, ...putSecret(gateway, write, behaviour) };
}

function putSecret(gateway: StoredGateway, write: GatewayWrite, behaviour: ServerBehaviour): GatewayPatch {
  if (write.secret !== undefined) {
    const destroyed = gateway.destroyedSecrets.filter((name) => name !== "clientSecret");
    return {
      secrets: { ...gateway.secrets, clientSecret: write.secret.value },
      destroyedSecrets: write.secret.isMask ? [...destroyed, "clientSecret"] : destroyed,
    };
  }
  const had = gateway.secrets.clientSecret !== undefined;
  if (behaviour.putLeftOut === "kept" || behaviour.maskedSecret === "not-answered" || !had) return {};
  const { clientSecret: _, ...others } = gateway.secrets;
  return { secrets: others, destroyedSecrets: [...gateway.destroyedSecrets, "clientSecret"] };
}
