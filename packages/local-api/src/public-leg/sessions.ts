import { createHash, randomBytes } from "node:crypto";

export interface Client {
  id: string;
  redirectUris: string[];
}

export interface Code {
  publicId: string;
  clientId: string;
  redirectUri: string;
  challenge: string;
  scopes: string[];
}

export interface Session {
  publicId: string;
  clientId: string;
  scopes: string[];
}

/** Clients, codes and tokens of the public legs. They live as long as the API runs, and are not persisted. */
export class Sessions {
  readonly #clients = new Map<string, Client>();
  readonly #codes = new Map<string, Code>();
  readonly #tokens = new Map<string, Session>();

  register(redirectUris: string[]): Client {
    const client = { id: `client_${random()}`, redirectUris };
    this.#clients.set(client.id, client);
    return client;
  }

  client(id: string): Client | undefined {
    return this.#clients.get(id);
  }

  issueCode(code: Code): string {
    const text = random();
    this.#codes.set(text, code);
    return text;
  }

  /** A code is good once (RFC 6749 §4.1.2), and only with the verifier of its challenge (RFC 7636 §4.6). */
  redeem(text: string, verifier: string): Code | undefined {
    const code = this.#codes.get(text);
    this.#codes.delete(text);
    const challenge = createHash("sha256").update(verifier).digest("base64url");
    return code?.challenge === challenge ? code : undefined;
  }

  issueToken(session: Session): string {
    const token = `public-leg-${random()}`;
    this.#tokens.set(token, session);
    return token;
  }

  session(token: string): Session | undefined {
    return this.#tokens.get(token);
  }
}

function random(): string {
  return randomBytes(16).toString("hex");
}
