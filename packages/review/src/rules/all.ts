import { acceptedMetadata } from "./accepted-metadata";
import { attachments } from "./attachments";
import { audience } from "./audience";
import { authorizationServer } from "./authorization-server";
import { certainty } from "./certainty";
import { checks } from "./checks";
import { client } from "./client";
import { endpoints } from "./endpoints";
import { hosts } from "./hosts";
import { issuersConflict } from "./issuers-conflict";
import { provider } from "./provider";
import { removal } from "./removal";
import { rerouted } from "./rerouted";
import type { Rule } from "./rule";
import { scopes } from "./scopes";
import { settings } from "./settings";
import { signIn } from "./sign-in";

/** Every rule that looks at the plan alone. */
export const rules: readonly Rule[] = [
  signIn,
  rerouted,
  authorizationServer,
  acceptedMetadata,
  endpoints,
  hosts,
  client,
  audience,
  scopes,
  removal,
  attachments,
  issuersConflict,
  checks,
  provider,
  settings,
  certainty,
];
