import { acceptedOf, profileCase } from "../case";

export default profileCase({
  judged: (issuer) => ({
    accepted: { ...acceptedOf(issuer), tokenEndpoint: "https://tokens.example.com/token" },
    filled: { tokenEndpoint: "https://tokens.example.com/v2/token" },
  }),
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: "https://tokens.example.com/token" }),
});
