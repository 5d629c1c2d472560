/** What is said of a route and of who can mend it. */
export interface PublicWords {
  /** The authorization server that the route leads clients to. */
  readonly issuer: string;
  readonly routeMissing: string;
  readonly challengeMissing: string;
  /** After "Have the challenge name …". */
  readonly challenge: string;
  readonly documents: string;
  readonly report: string;
}

/** A gateway's route is made by the service: what is wrong there is mended by attaching anew, or by the service. */
export const gatewayWords: PublicWords = {
  issuer: "The gateway's issuer",
  routeMissing: "Check that the server is attached to the gateway and hosted; detach and attach it again where it is.",
  challengeMissing: "Check that the server is attached to the gateway, and that no proxy takes WWW-Authenticate off.",
  challenge: "attach the server again, and check what a proxy or custom domain does",
  documents: "Attach the server again, so that its documents are written anew; report it to the service if it stays.",
  report: "Report it to the service",
};

/** Of any other MCP server nothing is known but that somebody runs it. */
export const serverWords: PublicWords = {
  issuer: "The authorization server",
  routeMissing: "Check the URL; if it is right, have whoever runs the server publish the document.",
  challengeMissing:
    "Have the server answer calls without a token so, and make sure that no proxy takes WWW-Authenticate off.",
  challenge: "whoever runs the server can correct it",
  documents: "Have whoever runs the server and its authorization server correct the documents.",
  report: "Report it to whoever runs the server",
};
