import type { Json } from "@mcpstack/model";
import { isRecord } from "../values";
import { withoutComments } from "./scope";

/**
 * Arguments of backends that do not choose which state is read and written (documentation of Terraform 1.14 and OpenTofu 1.11): as whom it
 * is asked for, how it is locked, encrypted and listed, and how often is tried. All others do, and those that are not known here may.
 */
const choosingNothing: Readonly<Record<string, RegExp>> = {
  s3: /^(?:access_key|secret_key|token|profile|shared_\w+|(?:assume_)?role\w*|external_id|session_name|sso_\w+|allowed_account_ids|forbidden_account_ids|ec2_metadata_\w+|acl|encrypt|kms_key_id|sse_customer_key|dynamodb_table|use_lockfile|use_path_style|force_path_style|use_fips_endpoint|use_dualstack_endpoint|max_retries|retry_mode|skip_\w+|user_agent|\w+_tags)$/,
  gcs: /^(?:credentials|access_token|impersonate_service_account\w*|encryption_key|kms_encryption_key)$/,
  azurerm:
    /^(?:access_key|sas_token|client_\w+|oidc_\w+|use_\w+|ado_\w+|msi_endpoint|tenant_id|subscription_id|resource_group_name|lookup_blob_endpoint|snapshot|timeout_seconds)$/,
  cloud: /^token$/,
  http: /^(?:update_method|lock_\w+|unlock_\w+|username|password|headers|client_(?:certificate|private_key)_pem|retry_\w+)$/,
  consul: /^(?:access_token|http_auth|cert_file|key_file|gzip|lock)$/,
  pg: /^skip_\w+$/,
  cos: /^(?:secret_id|secret_key|security_token|encrypt|acl|accelerate|assume_role\w*|shared_credentials_dir|profile|cam_role_name)$/,
  oss: /^(?:access_key|secret_key|security_token|ecs_role_name|tablestore_\w+|encrypt|acl|shared_credentials_file|profile|assume_role\w*|sts_endpoint)$/,
};

/**
 * Where a stack's state is kept, as far as its arguments choose one. A `local` one's path is that of the checkout, and no statement. Backend
 * `remote` and the block `cloud` lead to the same workspaces.
 */
export function statePlaceOf(kind: string, written: unknown): Json[] {
  if (kind === "local") return [];
  const same = kind === "remote" ? "cloud" : kind;
  const defaults = same === "cloud" ? { hostname: "app.terraform.io" } : {};
  const block = withoutComments(single(written));
  if (!isRecord(block)) return [{ [same]: block as Json }];
  const chosen = Object.entries(block).filter(
    ([name, value]) => value !== null && value !== "" && !choosingNothing[same]?.test(name),
  );
  return [
    { [same]: { ...defaults, ...Object.fromEntries(chosen.map(([name, value]) => [name, single(value)])) } } as Json,
  ];
}

/** A block, which JSON syntax may have in a list. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 && isRecord(value[0]) ? value[0] : value;
}
