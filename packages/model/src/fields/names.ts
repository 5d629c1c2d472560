/** `authorizationServerUrl` → `authorization_server_url`: the spelling of Terraform attributes. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `authorization_server_url` → `authorizationServerUrl`: the spelling of constructs and Pulumi. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
