import { exchangeCase, server } from "../case";

export default exchangeCase(
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
