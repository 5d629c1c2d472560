import { attachedCase, server } from "../case";

export default attachedCase(
  {
    servers: [
      {
        ...server,
        callbackUrl: "https://api.example.com/oauth/callback/",
        derivedCallbackUrl: "https://api.example.com/oauth/callback",
      },
    ],
  },
  "unseen",
);
