import { acceptedOf, profileCase } from "../case";

export default profileCase({
  arrange: (issuer) => issuer.setMetadata({ token_endpoint: "https://oauth2.example.com/token" }),
  judged: (issuer) => ({ accepted: { ...acceptedOf(issuer), tokenEndpoint: "https://oauth2.example.com/token" } }),
});
