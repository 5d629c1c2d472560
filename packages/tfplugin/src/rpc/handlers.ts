import { invokeAction, planAction, validateActionConfig } from "./actions";
import { applyResourceChange } from "./apply-resource-change";
import { callFunction } from "./call-function";
import { closeEphemeralResource } from "./close-ephemeral-resource";
import { configureProvider } from "./configure-provider";
import { generateResourceConfig } from "./generate-resource-config";
import { getFunctions } from "./get-functions";
import { getMetadata } from "./get-metadata";
import { getProviderSchema } from "./get-provider-schema";
import { getResourceIdentitySchemas } from "./get-resource-identity-schemas";
import type { Handlers } from "./handler";
import { importResourceState } from "./import-resource-state";
import { listResource } from "./list-resource";
import { moveResourceState } from "./move-resource-state";
import { openEphemeralResource } from "./open-ephemeral-resource";
import { planResourceChange } from "./plan-resource-change";
import { readDataSource } from "./read-data-source";
import { readResource } from "./read-resource";
import { renewEphemeralResource } from "./renew-ephemeral-resource";
import {
  configureStateStore,
  deleteState,
  getStates,
  lockState,
  readStateBytes,
  unlockState,
  validateStateStoreConfig,
  writeStateBytes,
} from "./state-stores";
import { stopProvider } from "./stop-provider";
import { upgradeResourceIdentity } from "./upgrade-resource-identity";
import { upgradeResourceState } from "./upgrade-resource-state";
import { validateDataResourceConfig } from "./validate-data-resource-config";
import { validateEphemeralResourceConfig } from "./validate-ephemeral-resource-config";
import { validateListResourceConfig } from "./validate-list-resource-config";
import { validateProviderConfig } from "./validate-provider-config";
import { validateResourceConfig } from "./validate-resource-config";

/** Every call of the service. */
export const handlers: Handlers = {
  validateActionConfig,
  planAction,
  invokeAction,
  applyResourceChange,
  callFunction,
  closeEphemeralResource,
  configureProvider,
  generateResourceConfig,
  getFunctions,
  getMetadata,
  getProviderSchema,
  getResourceIdentitySchemas,
  importResourceState,
  listResource,
  moveResourceState,
  openEphemeralResource,
  planResourceChange,
  readDataSource,
  readResource,
  renewEphemeralResource,
  validateStateStoreConfig,
  configureStateStore,
  readStateBytes,
  writeStateBytes,
  lockState,
  unlockState,
  getStates,
  deleteState,
  stopProvider,
  upgradeResourceIdentity,
  upgradeResourceState,
  validateDataResourceConfig,
  validateEphemeralResourceConfig,
  validateListResourceConfig,
  validateProviderConfig,
  validateResourceConfig,
};
